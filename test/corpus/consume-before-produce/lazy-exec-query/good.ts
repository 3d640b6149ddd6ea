// exec() before the rows.
class BulkWrite {
  #ordered = false;
  readonly #rows: ReadableStream<string>;

  constructor(rows: ReadableStream<string>) {
    this.#rows = rows;
  }

  ordered(): this {
    this.#ordered = true;
    return this;
  }

  async exec(): Promise<string[]> {
    const rows = await Array.fromAsync(this.#rows);
    return this.#ordered ? rows.sort() : rows;
  }
}

const rows = new TransformStream<string, string>();
const bulk = new BulkWrite(rows.readable).ordered().exec();
const writer = rows.writable.getWriter();
await writer.write("b");
await writer.write("a");
await writer.close();

const written = await bulk;
if (written.join() !== "a,b") throw new Error(written.join());
