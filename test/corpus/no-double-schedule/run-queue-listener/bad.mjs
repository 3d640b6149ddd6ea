// The loop puts back a channel that has more, and its listener adds it as well: it is served twice.
// Ends: exit 1
// Fails: each message is sent once
import assert from "node:assert";
import { EventEmitter } from "node:events";

const runnable = [];
const sent = [];

class Channel extends EventEmitter {
  constructor(name) {
    super();
    this.name = name;
    this.messages = [];
  }
  write(message) {
    this.messages.push(message);
    this.emit("pending");
  }
}

function open(name) {
  const channel = new Channel(name);
  channel.on("pending", () => {
    runnable.push(channel); // starves
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

const one = open("one");
one.write("a");
one.write("b");
drain();
assert.deepEqual(sent, ["a", "b"], "each message is sent once");
