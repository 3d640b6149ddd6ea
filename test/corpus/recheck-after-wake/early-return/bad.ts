// Who finds no token waits for the next one, but a token wakes all who wait, and each of them takes one.
// Ends: exit 1
// Fails: tokens are not invented
import assert from "node:assert";
import { EventEmitter, once } from "node:events";

class Bucket extends EventEmitter {
  tokens = 1;

  async take(): Promise<void> {
    if (this.tokens > 0) {
      this.tokens -= 1;
      return;
    }
    await once(this.bell, "token"); // starves
    this.tokens -= 1;
  }

  readonly bell = new EventEmitter();

  refill(): void {
    this.tokens += 1;
    this.bell.emit("token");
  }
}

const bucket = new Bucket();
const taken = [bucket.take(), bucket.take(), bucket.take()];
bucket.refill();
await Promise.all(taken);
assert.ok(bucket.tokens >= 0, "tokens are not invented");
