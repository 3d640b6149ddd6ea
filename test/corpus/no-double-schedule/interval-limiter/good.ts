// The next report is planned when this one has ended.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";

class Reporter {
  private readonly limit = pLimit(1);
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  start(): void {
    if (!this.stopped) this.timer = setTimeout(() => void this.report(), 5);
  }

  private async report(): Promise<void> {
    await this.limit(async () => {
      await sleep(80);
    });
    this.start();
  }

  stop(): number {
    this.stopped = true;
    clearTimeout(this.timer);
    return this.limit.pendingCount;
  }
}

const reporter = new Reporter();
reporter.start();
await sleep(100);
assert.equal(reporter.stop(), 0);
