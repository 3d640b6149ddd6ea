// The "close" of the response wakes the loop that waits, and the flag ends it.
import assert from "node:assert";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";

const handled = Promise.withResolvers();
const server = createServer((req, res) => {
  let gone = false;
  let wake = () => {};
  res.on("drain", () => wake());
  res.on("close", () => {
    gone = true;
    wake();
  });
  (async () => {
    while (!gone) {
      if (!res.write("x".repeat(64 * 1024))) await new Promise((resolve) => (wake = resolve));
    }
    handled.resolve(gone);
  })();
});
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");
const client = connect(server.address().port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
client.pause();
setTimeout(() => client.destroy(), 100);
assert.equal(await handled.promise, true);
