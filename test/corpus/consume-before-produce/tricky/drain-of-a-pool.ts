// "drain" is also what pools and parsers emit when they are done; this one has no other end that could be read.
import { EventEmitter, once } from "node:events";
import { PassThrough } from "node:stream";

class Pool extends EventEmitter<{ drain: [] }> {
  #busy = 0;

  async write(task: () => Promise<void>): Promise<void> {
    this.#busy += 1;
    await task();
    this.#busy -= 1;
    if (this.#busy === 0) this.emit("drain");
  }
}

const pool = new Pool();
const report = new PassThrough();
for (const name of ["a", "b", "c"]) {
  void pool.write(async () => {
    await new Promise(setImmediate);
    report.write(name);
  });
}
await once(pool, "drain");
report.end();

let text = "";
for await (const chunk of report) text += String(chunk);
if (text !== "abc") throw new Error(text);
