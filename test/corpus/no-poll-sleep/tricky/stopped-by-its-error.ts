// The error stops the reader by itself, and that it has stopped is what the poll looks at.
import assert from "node:assert";
import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

class Reader {
  readonly source: EventEmitter = new EventEmitter();
  error: Error | undefined;
  stopped = false;

  constructor() {
    this.source.on("failed", (error: Error) => {
      this.error = error;
      void this.stop();
    });
  }

  async stop(): Promise<void> {
    if (this.stopped) return;
    await sleep(1); // what is under way is let through
    this.stopped = true;
  }

  async run(): Promise<void> {
    while (!this.stopped) await sleep(5);
    if (this.error) throw this.error;
  }
}

const reader = new Reader();
setTimeout(() => reader.source.emit("failed", new Error("gone")), 10);
await assert.rejects(reader.run(), /gone/);
