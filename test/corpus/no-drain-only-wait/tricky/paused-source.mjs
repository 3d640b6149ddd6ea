// Nothing is awaited: the source is paused, and stays so when the client has gone.
import assert from "node:assert";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { Readable } from "node:stream";

const handled = Promise.withResolvers();
const server = createServer((request, response) => {
  const source = Readable.from(Array.from({ length: 200 }, () => Buffer.alloc(64 * 1024)));
  source.on("data", (chunk) => {
    if (response.write(chunk)) return;
    source.pause();
    response.once("drain", () => source.resume());
  });
  response.once("close", () => handled.resolve(source.destroy().destroyed));
});
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");
const client = connect(server.address().port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
client.pause();
setTimeout(() => client.destroy(), 100);
assert.equal(await handled.promise, true);
