// The program that showed that a box in shared memory had its locks elsewhere: the more take part, the sooner it hangs.
import type { MVar } from "tailrace";

const ROUNDS = 10;

/** One value for each child. */
export async function master(box: MVar<number>, children: number, signal?: AbortSignal): Promise<void> {
  for (let value = 0; value < children; value++) await box.put(value, { signal });
}

/** Takes and puts some times, and takes once more: when all have done so the box is empty. */
export async function child(box: MVar<number>, signal?: AbortSignal): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) await box.put(await box.take({ signal }), { signal });
  await box.take({ signal });
}
