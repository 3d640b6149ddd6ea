// `append` waits for a "drain" after each write, and keeps the result of the write without looking at it.
// Ends: exit 13
import { once } from "node:events";
import { Writable } from "node:stream";

class Report {
  #lines = 0;
  readonly #out: Writable = new Writable({
    highWaterMark: 64 * 1024,
    write: (_chunk, _encoding, done) => void setTimeout(done, 1),
  });
  get lines(): number {
    return this.#lines;
  }
  async append(line: string): Promise<boolean> {
    const more = this.#out.write(`${line}\n`);
    this.#lines += 1;
    await once(this.#out, "drain"); // starves
    return more;
  }
}

await new Report().append("total");
