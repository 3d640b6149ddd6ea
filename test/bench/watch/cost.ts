import { fork } from "node:child_process";
import { on } from "node:events";
import type { Subject } from "../harness/bench.ts";
import { sumBelow } from "../programs/numbers.ts";
import type { Mode } from "./modes.ts";

/** What a process does. */
export interface Job {
  /** Name of the benchmark to which the job belongs. */
  readonly bench: string;
  /** Of which of our subjects it is. */
  readonly calls: string;
  readonly mode: Mode;
}

export type Answer = { readonly microseconds: number } | { readonly error: string };

/** How often each process does all items: until the engine has compiled it, and then measured. */
const WARM_UP = 20;
const SLICES = 30;

/**
 * What the job takes more in that mode than where nothing is registered, in percent.
 *
 * Each round has two fresh processes, since the engine does not compile the same code equally well each time. They
 * take turns, and the best of each counts: what else runs on the machine only makes it more.
 */
export function cost(bench: string, calls: string, mode: Mode, note?: string): Subject {
  let [least, leastWithout] = [Infinity, Infinity];
  return {
    package: "tailrace",
    calls: `${bench}, ${mode}`,
    operations: 20_000,
    ...(note !== undefined && { note }),
    async run(items, quick) {
      using without = start({ bench, calls, mode: "unregistered" });
      using measured = start({ bench, calls, mode });
      let [best, bestWithout] = [Infinity, Infinity];
      const [warmUp, slices] = quick ? [0, 1] : [WARM_UP, SLICES];
      for (let i = 0; i < warmUp + slices; i++) {
        const [one, other] = [await without.take(items), await measured.take(items)];
        if (i < warmUp) continue;
        bestWithout = Math.min(bestWithout, one);
        best = Math.min(best, other);
      }
      least = Math.min(least, best);
      leastWithout = Math.min(leastWithout, bestWithout);
      const nanoseconds = (microseconds: number): string => ((microseconds * 1000) / items).toFixed(0);
      return {
        result: sumBelow(items),
        figure: (best / bestWithout - 1) * 100,
        remark: `${nanoseconds(least)} ns, ${nanoseconds(leastWithout)} unregistered`,
      };
    },
  };
}

interface Measured extends Disposable {
  /** Microseconds of its thread that the process takes for the items. */
  take(items: number): Promise<number>;
}

/** Starts a process, in which the library is that of the sources. */
function start(job: Job): Measured {
  const child = fork(new URL("measured.ts", import.meta.url), [JSON.stringify(job)], {
    execArgv: ["--conditions=tailrace-source"],
  });
  const answers = on(child, "message", { close: ["exit"] });
  return {
    async take(items) {
      child.send(items);
      const { value, done } = await answers.next();
      if (done === true) throw new Error(`the process of ${job.bench}, ${job.mode} has ended`);
      const [answer] = value as [Answer];
      if ("error" in answer) throw new Error(answer.error);
      return answer.microseconds;
    },
    [Symbol.dispose]() {
      if (child.connected) child.disconnect(); // it ends by itself, and leaves to the next one what the engine has compiled
    },
  };
}
