// The server is listening long before the certificate has been read, and `once` waits for a second "listening".
// Ends: hang
// cf. nodejs/node#54497
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const server = createServer((request, response) => response.end("hello"));
server.listen(0, "127.0.0.1");
const page = await readFile(new URL(import.meta.url), "utf8");
await once(server, "listening"); // starves
server.close();
if (page.length === 0) throw new Error("empty");
