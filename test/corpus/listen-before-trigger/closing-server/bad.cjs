// The server closes while the log is flushed; "close" has been emitted when somebody asks for it.
// Ends: exit 0 early
const { once } = require("node:events");
const net = require("node:net");
const { setTimeout: flush } = require("node:timers/promises");

void (async () => {
  const server = net.createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  server.close();
  await flush(50);
  await once(server, "close"); // starves
  console.log("closed");
})();
