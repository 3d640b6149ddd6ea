// The handler knows the answer without asking.
import assert from "node:assert";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const version = "7";
let base = "";
const server = createServer((request, response) => {
  if (request.url === "/version") return response.end(version);
  return response.end(`version ${version}`);
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  base = `http://127.0.0.1:${port.toString()}`;
  void fetch(base)
    .then((response) => response.text())
    .then((text) => {
      assert.equal(text, "version 7");
      server.close();
      server.closeAllConnections();
    });
});
