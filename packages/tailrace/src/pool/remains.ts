import { attempt, quiet } from "../promises.ts";
import type { Settings } from "./options.ts";
import type { Instance } from "./slot.ts";
import { ignore } from "./step.ts";

/** The instances of a pool and the numbers of their slots, so that they can be ended when the pool is gone. */
export type Remains<T> = Map<Instance<T>, number>;

const dropped = /* @__PURE__ */ new FinalizationRegistry<() => void>((end) => {
  end();
});

/** Ends the instances of a pool that nobody has closed, and nobody can reach any more. */
export function endWhenDropped<T>(pool: object, remains: Remains<T>, settings: Settings<T>): void {
  const { terminate } = settings;
  if (terminate === undefined) return;
  const signal = new AbortController().signal;
  dropped.register(pool, () => {
    for (const [{ value }, slot] of remains) {
      void quiet(attempt(() => terminate(value, { slot, signal, lost: ignore, reason: "closed" })));
    }
  });
}
