// Both ends come through a file that only exports others again; the sum is begun when all numbers are written.
// Ends: exit 13
// Needs types: the pair is made in another file.
import { makePair as open, sum } from "./lib/index.ts";

const pair = open();
await pair.input.ready;
for (let value = 1; value <= 3; value += 1) await pair.input.write(value); // starves
await pair.input.close();
const result = await sum(pair.output);
if (result !== 12) throw new Error(String(result));
