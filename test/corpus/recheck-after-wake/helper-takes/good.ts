// Whoever finds the box empty waits again.
import assert from "node:assert";
import { EventEmitter, once } from "node:events";

class Mailbox {
  private readonly bell = new EventEmitter();
  private readonly letters: string[] = [];

  private get isEmpty(): boolean {
    return this.letters.length === 0;
  }

  private takeOne(): string {
    return this.letters.pop()!;
  }

  async read(): Promise<string> {
    while (this.isEmpty) await this.nextLetter();
    return this.takeOne();
  }

  private async nextLetter(): Promise<void> {
    await once(this.bell, "letter");
  }

  post(letter: string): void {
    this.letters.push(letter);
    this.bell.emit("letter");
  }
}

const box = new Mailbox();
const read = Promise.all([box.read(), box.read()]);
box.post("hello");
setTimeout(() => { box.post("bye"); }, 5);
assert.deepEqual(await read, ["hello", "bye"]);
