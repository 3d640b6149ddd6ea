// The helper resolves on either event; who writes asks then whether the stream is still there.
import assert from "node:assert";
import { once } from "node:events";
import * as http from "node:http";
import { connect } from "node:net";

function drained(stream) {
  return new Promise((resolve) => {
    const done = () => {
      stream.off("drain", done).off("close", done);
      resolve();
    };
    stream.once("drain", done).once("close", done);
  });
}

const handled = Promise.withResolvers();
const server = http.createServer();
server.on("request", async (request, response) => {
  for (let block = 0; block < 2_000 && !response.destroyed; block += 1) {
    if (!response.write(Buffer.alloc(64 * 1024))) await drained(response);
  }
  handled.resolve(response.destroyed);
});
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");
const client = connect(server.address().port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
client.pause();
setTimeout(() => client.destroy(), 100);
assert.equal(await handled.promise, true);
