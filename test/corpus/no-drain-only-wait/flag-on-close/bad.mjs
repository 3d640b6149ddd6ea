// The "close" of the request sets a flag, but nobody who could look at it runs: the loop waits for "drain".
// Ends: exit 13
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";

const handled = Promise.withResolvers();
const server = createServer((req, res) => {
  let gone = false;
  const beat = setInterval(() => {}, 10);
  req.on("close", () => {
    gone = true;
    clearInterval(beat);
  });
  (async () => {
    while (!gone) {
      if (!res.write("x".repeat(64 * 1024))) {
        await once(res, "drain"); // starves
      }
    }
    handled.resolve();
  })();
});
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");
const client = connect(server.address().port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
client.pause();
setTimeout(() => client.destroy(), 100);
await handled.promise;
