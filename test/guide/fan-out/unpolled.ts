import { fanOut } from "tailrace";

async function count(lines: AsyncIterable<string>): Promise<number> {
  let total = 0;
  for await (const _ of lines) total += 1;
  return total;
}

const forgotten = () => Promise.resolve("I never looked at the lines");

try {
  await fanOut(["a", "b"], { count, forgotten });
} catch (error) {
  console.log(String(error));
}
// prints UnpolledSinkError: sink "forgotten" ended without ever asking for an item
