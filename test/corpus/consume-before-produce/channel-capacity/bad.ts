// Sixteen places, forty items: the first seventeen sends hide the mistake.
// Ends: exit 13
import { channel } from "tailrace";

const lines = channel<string>({ capacity: 16 });
for (let index = 0; index < 40; index += 1) {
  await lines.send(`line ${index}`); // starves
}
lines.close();

let count = 0;
for await (const _line of lines) count += 1;
if (count !== 40) throw new Error(`${count}`);
