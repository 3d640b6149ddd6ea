// What follows the stop is said once, before the loop.
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

let stopped = false;
const stop = (): void => {
  stopped = true;
};

let turns = 0;
for (;;) {
  await turn(ticket());
  turns += 1;
  if (stopped || turns === 200) break;
}

const kept = await keptTickets();
stop();
if (kept > 20) throw new Error(`200 turns, and what ${kept} of them made is kept`);
