// The lines are read and emitted while this waits for something else; the loop finds none of them.
// Ends: exit 13
// cf. nodejs/node#33463, nodejs/node#42454, nodejs/node#34219
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

const lines = createInterface({ input: Readable.from(["a\n", "b\n"]) });
await sleep(50);
let count = 0;
for await (const line of lines) count += line.length; // starves
if (count !== 2) throw new Error("lost");
