// `finished` tells of every end of the response, and aborts the wait.
import assert from "node:assert";
import events from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { finished } from "node:stream";

const handled = Promise.withResolvers<boolean>();

class Downloads {
  async get(_req: IncomingMessage, res: ServerResponse): Promise<void> {
    const over = new AbortController();
    finished(res, () => over.abort());
    let left = 2_000;
    while (left-- > 0 && !over.signal.aborted) {
      const more = res.write(Buffer.alloc(64 * 1024));
      if (!more) await events.once(res, "drain", { signal: over.signal }).catch(() => undefined);
    }
    handled.resolve(over.signal.aborted);
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
assert.equal(await handled.promise, true);
