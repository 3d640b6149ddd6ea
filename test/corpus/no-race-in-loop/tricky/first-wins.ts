// The race is run once: every way out of the first turn leaves the loop.
import { setTimeout as sleep } from "node:timers/promises";

const late = sleep(500, "late", { ref: false });
async function first(): Promise<string> {
  while (true) {
    return await Promise.race([sleep(1, "early"), late]);
  }
}
if ((await first()) !== "early") throw new Error("late");
