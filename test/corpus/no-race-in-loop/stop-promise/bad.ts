// Each turn adds a reaction to `stopped`, which is pending for as long as the service runs, so all that was raced is kept.
// Ends: exit 1
// Fails: most of their results are kept
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

const { promise: stopped, resolve: stop } = Promise.withResolvers<undefined>();

async function work(): Promise<object> {
  await turn();
  return ticket();
}

let turns = 0;
while (turns < 200) {
  await Promise.race([work(), stopped]); // starves
  turns += 1;
}

const kept = await keptTickets();
stop(undefined);
if (kept > 20) throw new Error(`200 turns, and most of their results are kept`);
