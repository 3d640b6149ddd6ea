// All callers of the helper give it a connection, whose other side may go: then "drain" does not come any more.
// Ends: exit 0 early
// cf. productdevbook/unemail#131
const net = require("node:net");

async function sendAll(socket, blocks) {
  for (const block of blocks) {
    if (socket.write(block)) continue;
    await new Promise((resolve) => socket.once("drain", resolve)); // starves
  }
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
  await sendAll(socket, blocks);
  console.log("sent");
});
