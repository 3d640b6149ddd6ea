// Whoever asks expects to be refused: the callback is never called, and says so if it is.
import assert from "node:assert/strict";
import { once } from "node:events";
import { get } from "node:http";
import { createServer } from "node:net";

const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
await once(server, "listening");

const error = await new Promise((resolve, reject) => {
  get({ host: "127.0.0.1", port: server.address().port }, () => {
    reject(new Error("nobody should answer"));
  }).on("error", resolve);
});
assert.equal(error.code, "ECONNRESET");
server.close();
