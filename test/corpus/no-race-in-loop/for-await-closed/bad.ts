// Each row of an endless source is raced with `closed`, which belongs to the process and keeps every acknowledgement.
// Ends: exit 1
// Fails: most acknowledgements are kept
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

const { promise: closed, resolve: close } = Promise.withResolvers<void>();

async function* rows(): AsyncGenerator<number> {
  for (let row = 0; row < 200; row += 1) yield row;
}
async function acknowledge(row: number): Promise<object> {
  await turn(row);
  return ticket();
}

async function drain(source: AsyncGenerator<number>): Promise<void> {
  for await (const row of source) {
    await Promise.race([acknowledge(row), closed]); // starves
  }
}

await drain(rows());
const kept = await keptTickets();
close();
if (kept > 20) throw new Error("200 rows, and most acknowledgements are kept");
