// Promise.resolve(query) calls its then(), so the query runs beside the writes.
class InsertQuery implements PromiseLike<number> {
  readonly #documents: AsyncIterable<object>;

  constructor(documents: AsyncIterable<object>) {
    this.#documents = documents;
  }

  then<A = number, B = never>(
    fulfilled?: ((count: number) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#run().then(fulfilled, rejected);
  }

  async #run(): Promise<number> {
    let count = 0;
    for await (const _document of this.#documents) count += 1;
    return count;
  }
}

const documents = new TransformStream<object, object>();
const inserted = Promise.resolve(new InsertQuery(documents.readable));
const writer = documents.writable.getWriter();
for (const name of ["Ada", "Grace"]) {
  await writer.write({ name });
}
await writer.close();

const count = await inserted;
if (count !== 2) throw new Error(`${count}`);
