// One letter wakes both readers; the helper that takes it does not ask whether it is still there.
// Ends: exit 1
// Fails: every reader has a letter
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
    if (this.isEmpty) await this.nextLetter(); // starves
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
assert.ok((await read).every((letter) => typeof letter === "string"), "every reader has a letter");
