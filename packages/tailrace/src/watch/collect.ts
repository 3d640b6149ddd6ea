// What can be reached is known to the garbage collector alone, and it does not run in a process that hangs.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

type Collect = (options: { readonly type: "major"; readonly execution: "async" }) => Promise<void> | undefined;

let collector: Collect | undefined;

/**
 * Collects all garbage, in turns of its own: what a turn has looked at through a weak reference lives as long as it. It
 * does so twice, because what was marked before survives the first time.
 */
export async function collect(): Promise<void> {
  collector ??= findCollector();
  if (collector === undefined) return;
  for (let round = 0; round < 2; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    await collector({ type: "major", execution: "async" });
  }
}

/** Where there is none, what the platform collects by itself is known later. */
function findCollector(): Collect | undefined {
  const { gc, Bun } = globalThis as { readonly gc?: Collect; readonly Bun?: { gc(now: true): void } };
  if (Bun !== undefined) {
    return () => {
      Bun.gc(true);
      return undefined;
    };
  }
  if (gc !== undefined) return gc;
  try {
    setFlagsFromString("--expose-gc"); // only for contexts that are made from here on
    return runInNewContext("gc") as Collect;
  } catch {
    return undefined;
  }
}
