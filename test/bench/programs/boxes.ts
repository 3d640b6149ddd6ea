import type { MVar } from "tailrace";

/** Tasks that share one box. */
export const TASKS = 16;

const RESTED = Promise.resolve();

/** A lock: what it gives is given back. */
export interface Lock<Key> {
  readonly acquire: () => Promise<Key>;
  readonly release: (key: Key) => unknown;
}

/** One task enters and leaves, with nobody else there. */
export async function alone<Key>({ acquire, release }: Lock<Key>, times: number): Promise<number> {
  let entered = 0;
  for (; entered < times; entered++) await release(await acquire());
  return entered;
}

/** Each task enters, waits for as little as one can, and leaves; returns how often that was. */
export async function together<Key>({ acquire, release }: Lock<Key>, times: number): Promise<number> {
  let [left, entered, inside] = [times, 0, 0];
  async function work(): Promise<void> {
    while (left-- > 0) {
      const key = await acquire();
      if (++inside !== 1) throw new Error("two are in it");
      entered++;
      await RESTED;
      inside--;
      await release(key);
    }
  }
  await Promise.all(Array.from({ length: TASKS }, work));
  return entered;
}

/** Two tasks hand a number to each other and back. */
export async function pingPong(there: MVar<number>, back: MVar<number>, times: number): Promise<number> {
  const other = (async () => {
    for (let nth = 0; nth < times; nth++) await back.put((await there.take()) + 1);
  })();
  let value = 0;
  for (let nth = 0; nth < times; nth++) {
    await there.put(value);
    value = await back.take();
  }
  await other;
  return value;
}
