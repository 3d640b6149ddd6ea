// A token is taken only by who finds one; all others wait again.
import assert from "node:assert";
import { EventEmitter, once } from "node:events";

class Bucket {
  tokens = 1;
  readonly bell = new EventEmitter();

  async take(): Promise<void> {
    while (this.tokens === 0) await once(this.bell, "token");
    this.tokens -= 1;
  }

  refill(): void {
    this.tokens += 1;
    this.bell.emit("token");
  }
}

const bucket = new Bucket();
const taken = [bucket.take(), bucket.take(), bucket.take()];
bucket.refill();
setTimeout(() => { bucket.refill(); }, 5);
await Promise.all(taken);
assert.equal(bucket.tokens, 0);
