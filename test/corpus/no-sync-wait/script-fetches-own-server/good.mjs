// The script runs beside this thread, which answers it.
import assert from "node:assert";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { promisify } from "node:util";

const server = createServer((_request, response) => response.end("seven")).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${server.address().port}/`;
const script = `fetch(${JSON.stringify(url)}).then((response) => response.text()).then(console.log)`;
const { stdout } = await promisify(execFile)(process.execPath, ["-e", script]);
assert.equal(stdout, "seven\n");
server.close();
server.closeAllConnections();
