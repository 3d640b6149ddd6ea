// A loop that asks whether a timer has come. Broken: it gives way to promises only, and they never end.
import { setImmediate as turn } from "node:timers/promises";
import { watchLoop } from "tailrace/watch";

watchLoop({ blockedAfter: 500 });

let isReady = false;
setTimeout(() => (isReady = true), 50);

async function poll(giveWay: () => Promise<unknown> | undefined): Promise<void> {
  while (!isReady) await giveWay(); // stuck
}

await poll(process.argv[2] === "broken" ? () => undefined : () => turn());
console.log("ready");
