// The handler of a request runs a command that sends the next request to the same server.
// Ends: blocked
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const ask = "fetch(process.argv[1]).then((response) => response.text()).then(console.log)";
let base = "";
const server = createServer((request, response) => {
  if (request.url === "/version") return response.end("7");
  const version = execFileSync(process.execPath, ["-e", ask, new URL("/version", base).href]); // starves
  return response.end(`version ${String(version)}`);
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  base = `http://127.0.0.1:${port.toString()}`;
  void fetch(base).then(() => server.close());
});
