// drive() reads from this line on; its result is iterated below.
import { channel, drive } from "tailrace";

const lines = channel<string>({ capacity: 16 });
const driven = drive(lines);
for (let index = 0; index < 40; index += 1) {
  await lines.send(`line ${index}`);
}
lines.close();

let count = 0;
for await (const _line of driven) count += 1;
if (count !== 40) throw new Error(`${count}`);
