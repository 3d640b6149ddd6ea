// "drain" and "close" are raced, and the loop ends with the stream.
import assert from "node:assert";
import { once } from "node:events";
import { connect, constants, createServer } from "node:http2";
import type { AddressInfo } from "node:net";

const handled = Promise.withResolvers<number>();
const server = createServer();
server.on("stream", async (stream) => {
  stream.respond({ ":status": 200 });
  const closed = once(stream, "close");
  let sent = 0;
  while (sent < 2_000 && !stream.destroyed) {
    sent += 1;
    const more = stream.write(Buffer.alloc(64 * 1024));
    if (!more) await Promise.race([once(stream, "drain"), closed]);
  }
  handled.resolve(sent);
});
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");
const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
const request = session.request({ ":path": "/" });
request.on("error", () => {});
setTimeout(() => {
  request.close(constants.NGHTTP2_CANCEL);
  session.close();
}, 100);
assert.ok((await handled.promise) < 2_000);
