// It listens in the same breath in which it closes.
const { once } = require("node:events");
const net = require("node:net");
const { setTimeout: flush } = require("node:timers/promises");

void (async () => {
  const server = net.createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const closed = once(server, "close");
  server.close();
  await flush(50);
  await closed;
  console.log("closed");
})();
