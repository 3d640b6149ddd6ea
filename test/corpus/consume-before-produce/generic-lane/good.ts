// collect() is called first.
class Lane<T> {
  readonly #pair = new TransformStream<T, T>();
  readonly #out: WritableStreamDefaultWriter<T> = this.#pair.writable.getWriter();

  send(item: T): Promise<void> {
    return this.#out.write(item);
  }

  end(): Promise<void> {
    return this.#out.close();
  }

  get items(): AsyncIterable<T> {
    return this.#pair.readable;
  }
}

async function collect<T>(lane: Lane<T>): Promise<T[]> {
  return await Array.fromAsync(lane.items);
}

const numbers = new Lane<number>();
const names = new Lane<string>();
const collecting = Promise.all([collect(numbers), collect(names)]);
await Promise.all([numbers.send(1), names.send("one")]);
await Promise.all([numbers.end(), names.end()]);

const [[one], [name]] = await collecting;
if (one !== 1 || name !== "one") throw new Error(`${one} ${name}`);
