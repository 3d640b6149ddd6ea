// The tests of the box in shared memory that this one comes from, each as the parts that take part in it: whoever has
// the box runs one, wherever that is. (achirkin/interprocess, test/test-mvar.hs)
import type { MVar } from "tailrace";

/** What the two values of `putTwo` come to. */
export const SUM_OF_TWO = 59;

/** SimpleTakePut, the master. */
export async function putTwo(box: MVar<number>): Promise<void> {
  await box.put(42);
  await box.put(17);
}

/** SimpleTakePut, the slave: the sum of what it gets. */
export async function takeTwo(box: MVar<number>): Promise<number> {
  return (await box.take()) + (await box.take());
}

/** Of those who read in ReadersTakers. */
export const READERS = 20;

const VALUES = [177, 178, 179, 777];
const TAKEN = VALUES.length - 1;

/** ReadersTakers, who puts. The last value stays in the box, so nobody who reads waits for ever. */
export async function putAll(box: MVar<number>): Promise<void> {
  for (const value of VALUES) await box.put(value);
}

/** ReadersTakers, who takes. */
export async function takeSome(box: MVar<number>): Promise<number[]> {
  const taken: number[] = [];
  while (taken.length < TAKEN) taken.push(await box.take());
  return taken;
}

/** ReadersTakers, who reads. */
export async function readSome(box: MVar<number>): Promise<number[]> {
  const read: number[] = [];
  while (read.length < TAKEN) read.push(await box.read());
  return read;
}

/** What was taken has to grow. */
export function isStrictlyIncreasing(values: readonly number[]): boolean {
  return values.every((value, nth) => nth === 0 || value > (values[nth - 1] ?? Infinity));
}

/** What was read must not shrink. */
export function isNonDecreasing(values: readonly number[]): boolean {
  return values.every((value, nth) => nth === 0 || value >= (values[nth - 1] ?? Infinity));
}

/**
 * AsyncException: somebody takes from the empty box and gives up.
 *
 * @returns milliseconds until that was known
 */
export async function cancelTake(box: MVar<number>): Promise<number> {
  const controller = new AbortController();
  const taken = box.take({ signal: controller.signal }).then(
    (value) => {
      throw new Error(`took ${value.toString()}`);
    },
    (reason: unknown) => reason,
  );
  // It waits from now on, for whatever that takes elsewhere.
  await box.isEmpty();
  const since = performance.now();
  controller.abort(box);
  if ((await taken) !== box) throw new Error("gave up for another reason");
  return performance.now() - since;
}

/**
 * Who waits to read is guaranteed what is put next. To be called when the box is empty, and nobody else is at it but those
 * who read and who takes.
 */
export interface Guarantee {
  /** What each of those got who read. */
  readonly read: readonly number[];
  readonly taken: number;
}

/** @param waiting Settles when all of them wait, however that is found out where they are */
export async function readersFirst(
  readers: readonly MVar<number>[],
  taker: MVar<number>,
  putter: MVar<number>,
  waiting: () => void | Promise<void>,
): Promise<Guarantee> {
  const taken = taker.take();
  const read = readers.map((box) => box.read());
  await waiting();
  await putter.put(7);
  return { read: await Promise.all(read), taken: await taken };
}
