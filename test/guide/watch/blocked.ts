import { setTimeout as sleep } from "node:timers/promises";
import { watchLoop } from "tailrace/watch";

watchLoop({ blockedAfter: 500 });

function search(seconds: number): number {
  const end = Date.now() + seconds * 1000;
  let tries = 0;
  while (Date.now() < end) tries += 1;
  return tries;
}

await sleep(500);
console.log("found it after", search(3) > 0 ? "many tries" : "none"); // prints found it after many tries
await sleep(500);

// tells tailrace: the event loop has not turned for 500 ms; it is stuck here:
// tells     at search (file:///app/blocked.ts:9:34)
// tells     at file:///app/blocked.ts:14:31
// tells tailrace: the event loop turns again after 3.0 s
