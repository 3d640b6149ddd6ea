// Somebody listens before the workers start.
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
const ready = pEvent(pool, "ready");
await pool.fill(3);
const size = await ready;
if (size !== 3) throw new Error(String(size));
