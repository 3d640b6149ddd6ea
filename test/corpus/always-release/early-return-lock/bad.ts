// What is known already is returned with the lock still held, and whoever asks for something new waits for the lock.
// Ends: exit 13
import { Mutex } from "async-mutex";

class Gauges {
  readonly #mutex = new Mutex();
  readonly #levels = new Map([["harbour", 4.2]]);

  async level(name: string): Promise<number> {
    const release = await this.#mutex.acquire(); // starves
    const known = this.#levels.get(name);
    if (known !== undefined) return known;
    this.#levels.set(name, name.length);
    release();
    return name.length;
  }
}

const gauges = new Gauges();
await gauges.level("harbour");
await gauges.level("weir");
