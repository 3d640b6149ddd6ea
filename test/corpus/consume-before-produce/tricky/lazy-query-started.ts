// A lazy thenable among the values of Promise.all() is started by it, beside the writes.
class Copy implements PromiseLike<number> {
  readonly #rows: AsyncIterable<string>;

  constructor(rows: AsyncIterable<string>) {
    this.#rows = rows;
  }

  then<A = number, B = never>(
    fulfilled?: ((count: number) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return Array.fromAsync(this.#rows)
      .then((rows) => rows.length)
      .then(fulfilled, rejected);
  }
}

const table = new TransformStream<string, string>();
const copy = new Copy(table.readable);
const writer = table.writable.getWriter();
const write = async (): Promise<void> => {
  for (const row of ["a", "b", "c"]) await writer.write(row);
  await writer.close();
};
const [count] = await Promise.all([copy, write()]);
if (count !== 3) throw new Error(`${count}`);
