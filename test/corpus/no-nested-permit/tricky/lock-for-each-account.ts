// Each account has a lock of its own: what is taken within one is that of another.
import { Mutex } from "async-mutex";

class Account {
  readonly lock = new Mutex();
  balance = 10;

  async close(heir: Account): Promise<void> {
    await this.lock.runExclusive(async () => {
      await heir.add(this.balance);
      this.balance = 0;
    });
  }

  async add(amount: number): Promise<void> {
    const release = await this.lock.acquire();
    this.balance += amount;
    release();
  }
}

const account = new Account();
const heir = new Account();
await account.close(heir);
if (heir.balance !== 20) throw new Error(String(heir.balance));
