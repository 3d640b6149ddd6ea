// The listener adds a channel only where it is not queued.
import assert from "node:assert";
import { EventEmitter } from "node:events";

const runnable = [];
const sent = [];

function open() {
  const channel = Object.assign(new EventEmitter(), { messages: [] });
  channel.on("pending", () => {
    if (!runnable.includes(channel)) runnable.push(channel);
  });
  return channel;
}

function drain() {
  while (runnable.length > 0) {
    const channel = runnable.shift();
    sent.push(channel.messages.shift());
    if (channel.messages.length > 0) runnable.push(channel);
  }
}

const one = open();
for (const message of ["a", "b"]) {
  one.messages.push(message);
  one.emit("pending");
}
drain();
assert.deepEqual(sent, ["a", "b"]);
