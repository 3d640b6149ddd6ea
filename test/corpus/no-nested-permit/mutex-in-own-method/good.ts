// What needs the mutex held is a method of its own, which takes nothing.
import { Mutex } from "async-mutex";

class Ledger {
  readonly #mutex = new Mutex();
  readonly balances = new Map<string, number>();

  async add(account: string, amount: number): Promise<void> {
    await this.#mutex.runExclusive(() => {
      this.#change(account, amount);
    });
  }

  async move(from: string, to: string, amount: number): Promise<void> {
    const release = await this.#mutex.acquire();
    try {
      this.#change(from, -amount);
      this.#change(to, amount);
    } finally {
      release();
    }
  }

  #change(account: string, amount: number): void {
    this.balances.set(account, (this.balances.get(account) ?? 0) + amount);
  }
}

const ledger = new Ledger();
await ledger.add("a", 5);
await ledger.move("a", "b", 2);
if (ledger.balances.get("b") !== 2) throw new Error(JSON.stringify([...ledger.balances]));
