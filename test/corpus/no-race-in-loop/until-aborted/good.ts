// Each pause listens to the signal itself, and leaves nothing behind.
import { setImmediate as turn } from "node:timers/promises";
import { runInNewContext } from "node:vm";
import { setFlagsFromString } from "node:v8";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

class Poller {
  readonly pauses: WeakRef<object>[] = [];
  readonly #stop = new AbortController();

  async run(poll: () => Promise<void>): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await poll();
      await this.#pause(this.#stop.signal);
    }
  }

  stop(): void {
    this.#stop.abort();
  }

  async #pause(signal: AbortSignal): Promise<object> {
    const pause = { number: this.pauses.length };
    this.pauses.push(new WeakRef(pause));
    await turn(undefined, { signal }).catch(() => undefined);
    return pause;
  }
}

const poller = new Poller();
let polls = 0;
let kept = 0;
await poller.run(async () => {
  await turn();
  polls += 1;
  if (polls < 200) return;
  collect();
  kept = poller.pauses.filter((pause) => pause.deref() !== undefined).length;
  poller.stop();
});
if (kept > 20) throw new Error(`200 turns, and most of their pauses are kept`);
