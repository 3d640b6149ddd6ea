/** The numbers from one up to another. */
export function* count(from: number, to: number): Generator<number, void> {
  for (let i = from; i < to; i++) yield i;
}

/** What all numbers from 0 up to another come to. */
export function sumBelow(end: number): number {
  return (end * (end - 1)) / 2;
}

export async function addUp(numbers: AsyncIterable<number>): Promise<number> {
  let sum = 0;
  for await (const number of numbers) sum += number;
  return sum;
}
