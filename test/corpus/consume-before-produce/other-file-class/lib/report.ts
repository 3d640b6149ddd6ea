/** Gathers the lines of a report. */
export class Report {
  readonly #pipe: TransformStream<string, string>;
  readonly #writer: WritableStreamDefaultWriter<string>;

  constructor(heading: string) {
    this.#pipe = new TransformStream({ transform: (line, controller) => controller.enqueue(`${heading}: ${line}`) });
    this.#writer = this.#pipe.writable.getWriter();
  }

  add(line: string): Promise<void> {
    return this.#writer.write(line);
  }

  async finish(): Promise<string[]> {
    const lines = Array.fromAsync(this.#pipe.readable);
    await this.#writer.close();
    return lines;
  }
}
