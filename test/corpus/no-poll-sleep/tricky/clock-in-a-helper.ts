// The deadline is in the function that the loop calls in each turn.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

type State = "completed" | "failed" | "running";

class Deadline {
  readonly #at: number;

  constructor(milliseconds: number) {
    this.#at = performance.now() + milliseconds;
  }

  check(): void {
    if (performance.now() > this.#at) throw new Error("too late");
  }
}

async function completed(read: () => State): Promise<void> {
  const deadline = new Deadline(20);
  const check = (): void => {
    if (performance.now() > 0) deadline.check();
  };
  while (read() !== "completed") {
    check();
    await sleep(5);
  }
}

await assert.rejects(
  completed(() => "failed"),
  /too late/,
);
