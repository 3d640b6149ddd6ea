// The chain goes on when there is data.
import assert from "node:assert";
import { once } from "node:events";
import { connect, createServer } from "node:net";

const server = createServer((socket) => socket.end("hello")).listen(0, "127.0.0.1", async () => {
  const client = connect(server.address().port, "127.0.0.1");
  const [text] = await once(client.setEncoding("utf8"), "data");
  assert.equal(text, "hello");
  server.close();
});
