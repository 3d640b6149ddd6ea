// A server answers each message with a short one: what it writes is bounded by what it is asked.
import assert from "node:assert";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";

const server = createServer((socket) => {
  socket.on("data", (data) => {
    const command = data.toString().trim();
    socket.write(command === "PING" ? "PONG\n" : "ERR\n");
  });
}).listen(0, "127.0.0.1");
await once(server, "listening");
const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
const answered = once(client, "data");
client.write("PING\n");
const [answer] = (await answered) as [Buffer];
assert.equal(answer.toString(), "PONG\n");
client.destroy();
server.close();
