// `once` waits for the event, and rejects on "error".
import assert from "node:assert";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const first = createServer().listen(0, "127.0.0.1");
await once(first, "listening");

const server = createServer();
server.listen((first.address() as AddressInfo).port, "127.0.0.1");
await assert.rejects(once(server, "listening"), { code: "EADDRINUSE" });
first.close();
