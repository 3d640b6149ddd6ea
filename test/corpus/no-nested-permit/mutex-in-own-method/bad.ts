// A method that holds the mutex calls another one that takes it: a mutex does not know who holds it.
// Ends: exit 13
// cf. ndycode/codex-multi-auth#505
import { Mutex } from "async-mutex";

class Ledger {
  readonly #mutex = new Mutex();
  readonly #balances = new Map<string, number>();

  async add(account: string, amount: number): Promise<void> {
    await this.#mutex.runExclusive(() => {
      this.#balances.set(account, (this.#balances.get(account) ?? 0) + amount);
    });
  }

  async move(from: string, to: string, amount: number): Promise<void> {
    const release = await this.#mutex.acquire();
    try {
      await this.add(from, -amount); // starves
      this.#balances.set(to, amount);
    } finally {
      release();
    }
  }
}

const ledger = new Ledger();
await ledger.add("a", 5);
await ledger.move("a", "b", 2); // waits
