// `pipeline` fails when the client leaves, so that the handler ends.
import assert from "node:assert";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { pipeline } from "node:stream/promises";

function* blocks() {
  for (let block = 0; block < 2_000; block += 1) yield Buffer.alloc(64 * 1024);
}

const handled = Promise.withResolvers();
const server = createServer(async (request, response) => {
  handled.resolve(await pipeline(blocks, response).catch((error) => error.code));
});
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");
const client = connect(server.address().port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
client.pause();
setTimeout(() => client.destroy(), 100);
assert.equal(await handled.promise, "ERR_STREAM_PREMATURE_CLOSE");
