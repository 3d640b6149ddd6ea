// One method locks, another one unlocks: who calls them in pairs is not seen here.
import { Mutex } from "async-mutex";

class Turnstile {
  readonly #mutex = new Mutex();
  entered = 0;

  async enter(): Promise<void> {
    await this.#mutex.acquire();
    this.entered += 1;
  }

  leave(): void {
    this.#mutex.release();
  }
}

const turnstile = new Turnstile();
for (let visitor = 0; visitor < 3; visitor += 1) {
  await turnstile.enter();
  turnstile.leave();
}
if (turnstile.entered !== 3) throw new Error(String(turnstile.entered));
