// `append` looks at the result and returns early when there is room.
import assert from "node:assert";
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
    if (more) return true;
    await once(this.#out, "drain");
    return false;
  }
}

const report = new Report();
assert.equal(await report.append("total"), true);
assert.equal(report.lines, 1);
