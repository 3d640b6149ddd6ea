// Inside the lock the values are read directly.
class Settings {
  readonly #values = new Map<string, string>();
  #last: Promise<void> = Promise.resolve();

  async #locked<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    try {
      return await work();
    } finally {
      resolve();
    }
  }

  load(name: string): Promise<string | undefined> {
    return this.#locked(async () => this.#values.get(name));
  }

  save(name: string, value: string): Promise<boolean> {
    return this.#locked(async () => {
      const before = this.#values.get(name);
      this.#values.set(name, value);
      return before !== value;
    });
  }
}

const settings = new Settings();
if (!(await settings.save("colour", "green"))) throw new Error("nothing changed");
