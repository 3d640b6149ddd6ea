// The loop awaits its own probe.
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

async function probe(): Promise<object> {
  await turn();
  return ticket();
}

let probes = 0;
while (probes < 200) {
  await probe();
  probes += 1;
}

const kept = await keptTickets();
if (kept > 20) throw new Error(`200 probes, and ${kept} of them are kept`);
