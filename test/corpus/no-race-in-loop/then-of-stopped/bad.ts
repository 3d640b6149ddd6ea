// `stopped.then(…)` makes a new promise in each turn, and `stopped` keeps all of them.
// Ends: exit 1
// Fails: what most of them made is kept
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

const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
const none = Symbol("none");

let turns = 0;
for (;;) {
  const mine = ticket();
  const winner = await Promise.race([turn(mine), stopped.then(() => (mine ? none : undefined))]); // starves
  turns += 1;
  if (winner === none || turns === 200) break;
}

const kept = await keptTickets();
stop();
if (kept > 20) throw new Error("200 turns, and what most of them made is kept");
