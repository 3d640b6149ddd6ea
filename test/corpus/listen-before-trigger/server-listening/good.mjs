// The promise of "listening" is made with the call that starts the server.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const server = createServer((request, response) => response.end("hello"));
const listening = once(server, "listening");
server.listen(0, "127.0.0.1");
const page = await readFile(new URL(import.meta.url), "utf8");
await listening;
assert.ok(server.listening && page.length > 0);
server.close();
