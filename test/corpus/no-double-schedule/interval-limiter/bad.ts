// The limit lets one report run, and each tick queues another one behind it.
// Ends: exit 1
// Fails: reports are queued
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";

class Reporter {
  private readonly limit = pLimit(1);
  private timer: NodeJS.Timeout | undefined;

  start(): void {
    this.timer = setInterval(() => void this.report(), 5); // starves
  }

  private async report(): Promise<void> {
    try {
      await this.limit(async () => {
        await sleep(80);
      });
    } catch {
      this.stop();
    }
  }

  stop(): number {
    clearInterval(this.timer);
    return this.limit.pendingCount;
  }
}

const reporter = new Reporter();
reporter.start();
await sleep(100);
assert.ok(reporter.stop() <= 1, "reports are queued");
