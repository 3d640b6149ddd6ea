// What is started gets the address, but does not wait for an answer: it goes on in the background.
import assert from "node:assert";
import { execSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";

let visits = 0;
const server = createServer((_request, response) => {
  visits += 1;
  response.end("page");
}).listen(0, "127.0.0.1");
await once(server, "listening");
const script = `fetch('http://127.0.0.1:${server.address().port}/')`;
execSync(`"${process.execPath}" -e "${script}" >/dev/null 2>&1 &`);
assert.equal(visits, 0);
await once(server, "request");
assert.equal(visits, 1);
server.close();
server.closeAllConnections();
