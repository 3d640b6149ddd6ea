// The listener adds what is new each time; only the loop puts things back.
import assert from "node:assert";
import { EventEmitter } from "node:events";

const server = new EventEmitter();
const queue = [];
const served = [];
server.on("connection", (connection) => {
  queue.push(connection);
});
server.emit("connection", { left: 2 });
server.emit("connection", { left: 1 });
while (queue.length > 0) {
  const connection = queue.shift();
  connection.left -= 1;
  served.push(connection.left);
  if (connection.left > 0) queue.push(connection);
}
assert.deepEqual(served, [1, 0, 0]);
