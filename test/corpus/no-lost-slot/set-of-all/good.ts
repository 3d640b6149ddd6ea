// A closed browser leaves the set of all as well.
import assert from "node:assert";

class Browser {
  #open = true;
  close(): void {
    this.#open = false;
  }
  isConnected(): boolean {
    return this.#open;
  }
}

export class Browsers {
  private readonly all = new Set<Browser>();
  private idle: Browser[] = [];
  private readonly pending: { resolve: (browser: Browser) => void }[] = [];

  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  lend(): Promise<Browser> {
    const browser = this.idle.shift();
    const usable = browser?.isConnected();
    if (usable) return Promise.resolve(browser!);
    if (browser) this.all.delete(browser);
    if (this.all.size >= this.limit) {
      return new Promise((resolve) => {
        this.pending.push({ resolve });
      });
    }
    const fresh = new Browser();
    this.all.add(fresh);
    return Promise.resolve(fresh);
  }

  giveBack(browser: Browser): void {
    const waiter = this.pending.shift();
    if (waiter) waiter.resolve(browser);
    else this.idle.push(browser);
  }
}

const browsers = new Browsers(1);
const browser = await browsers.lend();
browser.close();
browsers.giveBack(browser);
assert.notEqual(await browsers.lend(), browser);
