// The loop listens for the stop once, and each turn awaits its own work only.
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

const stopping = new AbortController();

async function work(): Promise<object> {
  await turn();
  return ticket();
}

let turns = 0;
while (turns < 200 && !stopping.signal.aborted) {
  await work();
  turns += 1;
}

const kept = await keptTickets();
stopping.abort();
if (kept > 20) throw new Error(`200 turns, and ${kept} of their results are kept`);
