// The field `#closed` is pending while the connection lives; each read adds a reaction that keeps its frame.
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

class Connection {
  readonly #closed: Promise<undefined>;
  readonly close: () => void;
  constructor() {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#closed = promise;
    this.close = () => resolve(undefined);
  }

  async #frame(): Promise<object> {
    await turn();
    return ticket();
  }

  async read(frames: number): Promise<void> {
    let seen = 0;
    do {
      const frame = await Promise.race([this.#frame(), this.#closed]); // starves
      if (!frame) return;
      seen += 1;
    } while (seen < frames);
  }
}

const connection = new Connection();
await connection.read(200);
const kept = await keptTickets();
connection.close();
if (kept > 20) throw new Error("200 frames, and most of them are kept");
