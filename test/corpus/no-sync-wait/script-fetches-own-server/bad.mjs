// The script asks a server of this process, and waits for an answer that this thread cannot give while it waits for the script.
// Ends: blocked
// cf. nodejs/node-v0.x-archive#25810
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";

const server = createServer((_request, response) => response.end("seven")).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${server.address().port}/`;
const script = `fetch(${JSON.stringify(url)}).then((response) => response.text()).then(console.log)`;
execFileSync(process.execPath, ["-e", script]); // starves
server.close();
