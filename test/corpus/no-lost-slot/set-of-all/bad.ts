// All browsers are kept in a set that is compared with the limit; a closed one is taken from the idle ones and stays in it.
// Ends: hang
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
    if (usable) return Promise.resolve(browser!); // starves
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

setInterval(() => {}, 1_000);
const browsers = new Browsers(1);
const browser = await browsers.lend();
browser.close();
browsers.giveBack(browser);
await browsers.lend(); // waits
