// Two files import each other and read in turn; the reading is under way when the numbers are written.
import { even } from "./lib/even.ts";

const numbers = new TransformStream<number, number>();
const result = even(numbers.readable.getReader());
const writer = numbers.writable.getWriter();
for (const value of [5, 3, 2]) await writer.write(value);
await writer.close();
if ((await result) !== 4) throw new Error(String(await result));
