// The wait for "drain" is raced with the end of the response.
import assert from "node:assert";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";

const handled = Promise.withResolvers();
const server = createServer(async (request, response) => {
  const closed = once(response, "close");
  if (!response.write(Buffer.alloc(64 * 1024 * 1024))) await Promise.race([once(response, "drain"), closed]);
  handled.resolve(response.destroyed);
});
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");
const client = connect(server.address().port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
client.pause();
setTimeout(() => client.destroy(), 100);
assert.equal(await handled.promise, true);
