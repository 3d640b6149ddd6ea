// Closing ends the source of the frames, so there is nothing to race.
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
  #open = true;
  close(): void {
    this.#open = false;
  }

  async #frame(): Promise<object | undefined> {
    await turn();
    return this.#open ? ticket() : undefined;
  }

  async read(frames: number): Promise<void> {
    let seen = 0;
    do {
      const frame = await this.#frame();
      if (!frame) return;
      seen += 1;
    } while (seen < frames);
  }
}

const connection = new Connection();
await connection.read(200);
const kept = await keptTickets();
connection.close();
if (kept > 20) throw new Error(`200 frames, and ${kept} of them are kept`);
