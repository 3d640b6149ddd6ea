// The client cancels its request: the stream closes, and "drain" is not among what it emits then.
// Ends: exit 13
import { once } from "node:events";
import { connect, constants, createServer } from "node:http2";
import type { AddressInfo } from "node:net";

const handled = Promise.withResolvers<void>();
const server = createServer();
server.on("stream", async (stream) => {
  stream.respond({ ":status": 200 });
  for (let block = 0; block < 2_000; block += 1) {
    const more = stream.write(Buffer.alloc(64 * 1024));
    if (!more) await once(stream, "drain"); // starves
  }
  handled.resolve();
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
await handled.promise;
