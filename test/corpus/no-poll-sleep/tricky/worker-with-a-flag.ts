// A worker that runs until somebody stops it: it sleeps between two turns of work, and waits for nothing.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

class Heartbeat {
  beats = 0;
  #stopped = false;

  async run(): Promise<void> {
    while (!this.#stopped) {
      await this.#send();
      await sleep(5);
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  async #send(): Promise<void> {
    this.beats += 1;
    if (this.beats === 3) this.stop();
  }
}

const heartbeat = new Heartbeat();
await heartbeat.run();
assert.equal(heartbeat.beats, 3);
