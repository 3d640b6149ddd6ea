// The sum is begun first and awaited last.
import { makePair as open, sum } from "./lib/index.ts";

const pair = open();
const summing = sum(pair.output);
await pair.input.ready;
for (let value = 1; value <= 3; value += 1) await pair.input.write(value);
await pair.input.close();
const result = await summing;
if (result !== 12) throw new Error(String(result));
