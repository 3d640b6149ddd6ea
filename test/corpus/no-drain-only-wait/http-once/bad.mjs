// The client leaves while the response is full: the response emits "close" and never "drain", and the handler never ends.
// cf. langfuse/langfuse#15239, nodejs/node#39005
// Ends: exit 13
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";

const handled = Promise.withResolvers();
const server = createServer(async (request, response) => {
  for (let block = 0; block < 2_000; block += 1) {
    if (!response.write(Buffer.alloc(64 * 1024))) await once(response, "drain"); // starves
  }
  handled.resolve();
});
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");
const client = connect(server.address().port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
client.pause();
setTimeout(() => client.destroy(), 100);
await handled.promise;
