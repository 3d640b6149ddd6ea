// Whether the response is destroyed is asked before each write; the wait after it is not ended by that.
// Ends: exit 13
import events from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";

const handled = Promise.withResolvers<void>();

class Downloads {
  async get(_req: IncomingMessage, res: ServerResponse): Promise<void> {
    let left = 2_000;
    while (left-- > 0) {
      if (res.destroyed) break;
      const more = res.write(Buffer.alloc(64 * 1024));
      if (!more && !res.destroyed) {
        await events.once(res, "drain"); // starves
      }
    }
    handled.resolve();
  }
}

const downloads = new Downloads();
const listener: RequestListener = (req, res) => void downloads.get(req, res);
const server = createServer(listener);
server.listen(0, "127.0.0.1").unref();
await events.once(server, "listening");
const client = connect((server.address() as AddressInfo).port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
client.pause();
setTimeout(() => client.destroy(), 100);
await handled.promise;
