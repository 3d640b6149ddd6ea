// `shutdown` is given by the caller and outlives the loop; each item that was taken stays behind in a reaction to it.
// Ends: exit 1
// Fails: most of them are kept
import { setImmediate as turn } from "node:timers/promises";
import { runInNewContext } from "node:vm";
import { setFlagsFromString } from "node:v8";

// Which of the tickets are still kept by somebody, after the garbage collector has run.
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const tickets: WeakRef<object>[] = [];
function ticket(): object {
  const made = { size: tickets.length };
  tickets.push(new WeakRef(made));
  return made;
}
async function keptTickets(): Promise<number> {
  await turn();
  collect();
  return tickets.filter((one) => one.deref() !== undefined).length;
}

async function* items(): AsyncGenerator<object> {
  for (let count = 0; count < 200; count += 1) {
    await turn();
    yield ticket();
  }
}

async function consume(source: AsyncGenerator<object>, shutdown: Promise<void>): Promise<void> {
  for (;;) {
    const next = await Promise.race([source.next(), shutdown]); // starves
    if (!next || next.done) return;
  }
}

const { promise: shutdown, resolve } = Promise.withResolvers<void>();
await consume(items(), shutdown);
const kept = await keptTickets();
resolve();
if (kept > 20) throw new Error("200 items, and most of them are kept");
