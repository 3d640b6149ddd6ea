// The signal of the shutdown is asked, not raced.
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

async function consume(source: AsyncGenerator<object>, shutdown: AbortSignal): Promise<void> {
  for await (const item of source) if (shutdown.aborted || !item) return;
}

const shutdown = new AbortController();
await consume(items(), shutdown.signal);
const kept = await keptTickets();
shutdown.abort();
if (kept > 20) throw new Error(`200 items, and ${kept} of them are kept`);
