import { explore, ScheduleError } from "tailrace/testing";
import type { Explored } from "tailrace/testing";

/** A latch as it is often written: whoever waits looks first, and asks to be woken in the next step. */
function makeLatch(): { wait(step: () => Promise<void>): Promise<void>; open(): void } {
  let isOpen = false;
  let wake: (() => void) | undefined;
  return {
    async wait(step) {
      if (isOpen) return;
      await step(); // a log line, say, or an await of something else
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    },
    open() {
      isOpen = true;
      wake?.();
    },
  };
}

function program(explored: Explored): undefined {
  const latch = makeLatch();
  explored.party("waiter", (step) => latch.wait(step));
  explored.party("opener", () => {
    latch.open();
  });
}

await explore(program).catch((error: unknown) => {
  if (!(error instanceof ScheduleError)) throw error;
  console.log(error.message.split("\n")[0]);
  console.log("to run it again: replay", error.schedule);
});
// prints nothing can go on, and these have not ended: "waiter"
// prints to run it again: replay 0.0.1.0
