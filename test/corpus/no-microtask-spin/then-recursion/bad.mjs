// Every link of the chain is a promise that has settled already; the data of the socket is never read.
// Ends: blocked
import { connect, createServer } from "node:net";

const server = createServer((socket) => socket.end("hello")).listen(0, "127.0.0.1", () => {
  const client = connect(server.address().port, "127.0.0.1");
  let received = "";
  client.setEncoding("utf8").on("data", (text) => {
    received += text;
  });

  function whenReceived() {
    if (received.length > 0) return received;
    return Promise.resolve().then(whenReceived); // starves
  }
  whenReceived().then(() => server.close());
});
