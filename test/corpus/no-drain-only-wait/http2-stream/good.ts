// A signal that the "close" of the stream aborts ends the wait and the loop.
import assert from "node:assert";
import { once } from "node:events";
import { connect, constants, createServer } from "node:http2";
import type { AddressInfo } from "node:net";

const handled = Promise.withResolvers<number>();
const server = createServer();
server.on("stream", async (stream) => {
  stream.respond({ ":status": 200 });
  const closing = new AbortController();
  const { signal } = closing;
  stream.once("close", () => closing.abort());
  let sent = 0;
  while (sent < 2_000 && !signal.aborted) {
    sent += 1;
    const more = stream.write(Buffer.alloc(64 * 1024));
    if (!more) await once(stream, "drain", { signal }).catch(() => undefined);
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
