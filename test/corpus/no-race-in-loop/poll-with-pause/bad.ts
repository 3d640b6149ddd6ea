// When the pause wins, the letter that `receive` was asked for is handed to a promise that nobody awaits.
// Ends: hang
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

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
  async work(): Promise<string> {
    let letter: string | undefined;
    do {
      letter = (await Promise.race([this.#box.receive(), pause(20)])) ?? undefined; // starves
    } while (letter === undefined);
    return letter;
  }
}

const box = new Mailbox();
setTimeout(() => box.deliver("hello"), 150);
await new Clerk(box).work();
