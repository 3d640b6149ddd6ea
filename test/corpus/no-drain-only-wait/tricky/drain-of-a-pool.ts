// An emitter called `socket` that is none: its "drain" means that its queue is empty, and it has no other end.
import assert from "node:assert";
import { EventEmitter, once } from "node:events";

class Socket extends EventEmitter {
  #queued = 0;
  write(_job: string): boolean {
    this.#queued += 1;
    setTimeout(() => {
      this.#queued -= 1;
      if (this.#queued === 0) this.emit("drain");
    }, 1);
    return this.#queued < 3;
  }
}

const socket = new Socket();
let drained = 0;
for (let job = 0; job < 6; job += 1) {
  if (socket.write(`job ${job}`)) continue;
  await once(socket, "drain");
  drained += 1;
}
assert.equal(drained, 2);
