// The pool is ready when its last worker says so, and that may be before anybody waits for it.
// cf. sindresorhus/p-event#27
// Ends: exit 13
import { EventEmitter } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { pEvent } from "p-event";

class Pool extends EventEmitter {
  async fill(size: number): Promise<void> {
    for (let index = 0; index < size; index += 1) await turn();
    this.emit("ready", size);
  }
}

const pool = new Pool();
await pool.fill(3);
const size = await pEvent(pool, "ready"); // starves
if (size !== 3) throw new Error(String(size));
