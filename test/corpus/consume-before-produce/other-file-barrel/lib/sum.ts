export default async function total(numbers: AsyncIterable<number>): Promise<number> {
  let sum = 0;
  for await (const value of numbers) sum += value;
  return sum;
}
