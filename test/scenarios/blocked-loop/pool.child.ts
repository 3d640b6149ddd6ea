// A pool that is ready when it has connected. Broken: whoever wants it stops the only thread that can connect.
import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { watchLoop } from "tailrace/watch";

watchLoop({ blockedAfter: 500 });

const server = createServer((socket) => socket.end()).listen(0, "127.0.0.1");
await once(server, "listening");

const connected = new Int32Array(new SharedArrayBuffer(4));
const connection = connect((server.address() as AddressInfo).port, "127.0.0.1", () => {
  Atomics.store(connected, 0, 1);
  Atomics.notify(connected, 0);
});

function ready(): void {
  Atomics.wait(connected, 0, 0); // stuck
}

if (process.argv[2] === "broken") ready();
else await once(connection, "connect");
console.log("connected:", Atomics.load(connected, 0));
connection.destroy();
server.close();
