// Each turn writes a line that is in memory already: as many as the screen has, and then no more.
// Not strict: what is written of a list is twice in memory for a while.
import assert from "node:assert";
import { Writable } from "node:stream";

class Screen {
  readonly #lines = ["$ ls", "notes.txt", "$"];

  get height(): number {
    return this.#lines.length;
  }

  getLine(index: number): string {
    return this.#lines[index] ?? "";
  }
}

function save(screen: Screen, sink: Writable, last = screen.height - 1): void {
  for (let row = 0; row <= last; row += 1) {
    const line = screen.getLine(row);
    const text = line.trimEnd();
    sink.write(`${text}\n`);
  }
}

let saved = "";
const sink = new Writable({
  write(chunk, _encoding, done) {
    saved += String(chunk);
    setTimeout(done, 1);
  },
});
save(new Screen(), sink);
await new Promise<void>((resolve) => sink.end(resolve));
assert.equal(saved, "$ ls\nnotes.txt\n$\n");
