/** Whatever is written to it is read by itself. */
export abstract class Live {
  readonly #pipe = new TransformStream<string, string>();
  protected readonly writer = this.#pipe.writable.getWriter();
  readonly #reading: Promise<void>;

  constructor() {
    this.#reading = this.#read();
  }

  protected abstract see(item: string): void;

  async #read(): Promise<void> {
    for await (const item of this.#pipe.readable) this.see(item);
  }

  async close(): Promise<void> {
    await this.writer.close();
    await this.#reading;
  }
}
