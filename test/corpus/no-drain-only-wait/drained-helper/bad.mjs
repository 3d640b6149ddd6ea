// The helper that everybody uses waits for "drain" of whatever it is given; a response that closes does not drain.
// Ends: exit 13
import { once } from "node:events";
import * as http from "node:http";
import { connect } from "node:net";

function drained(stream) {
  return new Promise((resolve) => {
    stream.once("drain", resolve);
  });
}

const handled = Promise.withResolvers();
const server = http.createServer();
server.on("request", async (request, response) => {
  for (let block = 0; block < 2_000; block += 1) {
    if (!response.write(Buffer.alloc(64 * 1024))) await drained(response); // starves
  }
  handled.resolve();
});
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");
const client = connect(server.address().port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
client.pause();
setTimeout(() => client.destroy(), 100);
await handled.promise;
