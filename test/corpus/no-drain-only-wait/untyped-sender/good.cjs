// The wait of the helper ends with the connection as well, and the rest is not sent.
const assert = require("node:assert");
const net = require("node:net");

async function sendAll(socket, blocks) {
  for (const block of blocks) {
    if (socket.write(block)) continue;
    const more = await new Promise((resolve) => {
      socket.once("drain", () => resolve(true)).once("close", () => resolve(false));
    });
    if (!more) return false;
  }
  return true;
}

const server = net.createServer((peer) => {
  peer.pause();
  setTimeout(() => peer.destroy(), 100);
});
server.listen(0, "127.0.0.1", async () => {
  const socket = net.connect(server.address().port, "127.0.0.1");
  socket.on("error", () => {});
  socket.on("close", () => server.close());
  const blocks = Array.from({ length: 2_000 }, () => Buffer.alloc(64 * 1024));
  assert.equal(await sendAll(socket, blocks), false);
});
