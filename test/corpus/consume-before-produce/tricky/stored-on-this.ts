// The readable side is stored in a field before the writes; another method of the object reads it.
class Session {
  #body: ReadableStream<string> | undefined;
  readonly #opened = Promise.withResolvers<void>();

  async send(...words: string[]): Promise<void> {
    const { readable, writable } = new TransformStream<string, string>();
    this.#body = readable;
    this.#opened.resolve();
    const writer = writable.getWriter();
    for (const word of words) await writer.write(word);
    await writer.close();
  }

  async text(): Promise<string> {
    await this.#opened.promise;
    return (await Array.fromAsync(this.#body!)).join(" ");
  }
}

const session = new Session();
const text = session.text();
await session.send("hello", "there");
if ((await text) !== "hello there") throw new Error(await text);
