// An async send() that never waits: the items are kept in an array until they are received.
class Mailbox<T> {
  readonly #items: T[] = [];
  #wake: (() => void) | undefined;

  async send(item: T): Promise<void> {
    this.#items.push(item);
    this.#wake?.();
  }

  async receive(): Promise<T> {
    while (this.#items.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#items.shift()!;
  }
}

const mailbox = new Mailbox<string>();
for (const letter of ["a", "b", "c"]) await mailbox.send(letter);
const letters = [await mailbox.receive(), await mailbox.receive(), await mailbox.receive()];
if (letters.join("") !== "abc") throw new Error(letters.join(""));
