import { mvar, scope } from "tailrace";
import { assertProgress } from "tailrace/testing";
import { child, master } from "./program.ts";

/**
 * Runs the program once, with tasks of one thread.
 *
 * @param within milliseconds, after which the error says who waits for what
 * @param values that the master puts; with fewer than there are children, somebody waits for ever
 * @returns whether the box has ended empty
 */
export async function runTasks(children: number, within: number, values: number = children): Promise<boolean> {
  const box = mvar<number>({ name: "box" });
  const stop = new AbortController();
  const work = scope(
    (s) => {
      for (let nth = 1; nth <= children; nth++)
        s.spawn(({ signal }) => child(box, signal), { name: `child ${nth.toString()}` });
      s.spawn(({ signal }) => master(box, values, signal), { name: "master" });
    },
    { signal: stop.signal },
  );
  try {
    await assertProgress(work, { within });
  } finally {
    stop.abort();
    await work.catch(() => undefined);
  }
  return box.isEmpty();
}
