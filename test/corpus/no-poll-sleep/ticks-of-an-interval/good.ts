// The interval has a signal with a deadline.
import assert from "node:assert";
import { setInterval } from "node:timers/promises";

class Printer {
  #done = false;
  state: "printing" | "printed" | "failed" = "printing";

  print(): void {
    setTimeout(() => {
      this.state = "failed";
    }, 10);
  }

  async finished(signal: AbortSignal): Promise<void> {
    for await (const _ of setInterval(5, undefined, { signal })) {
      this.#done = this.state === "printed";
      if (this.#done) return;
    }
  }
}

const printer = new Printer();
printer.print();
await assert.rejects(printer.finished(AbortSignal.timeout(50)), { name: "AbortError" });
