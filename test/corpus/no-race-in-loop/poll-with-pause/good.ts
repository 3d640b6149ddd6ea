// One `receive` at a time is pending.
class Mailbox {
  readonly #readers: ((letter: string) => void)[] = [];
  deliver(letter: string): void {
    const reader = this.#readers.shift();
    if (reader) reader(letter);
  }
  receive(): Promise<string> {
    return new Promise((resolve) => {
      this.#readers.push(resolve);
    });
  }
}

class Clerk {
  readonly #box: Mailbox;
  constructor(box: Mailbox) {
    this.#box = box;
  }
  work(): Promise<string> {
    return this.#box.receive();
  }
}

const box = new Mailbox();
setTimeout(() => box.deliver("hello"), 150);
if ((await new Clerk(box).work()) !== "hello") throw new Error("another letter");
