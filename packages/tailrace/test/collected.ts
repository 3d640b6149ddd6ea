import { collect } from "../src/watch/collect.ts";
import { idle } from "./deadline.ts";

/** Whether nobody can reach it any more, now or in a while. */
export async function isCollected(ref: WeakRef<object>): Promise<boolean> {
  for (let round = 0; round < 20 && ref.deref() !== undefined; round++) {
    await idle();
    await collect();
  }
  return ref.deref() === undefined;
}
