// The class begins to collect when it is constructed.
class TextBuffer {
  readonly #pipe = new TransformStream<string, string>();
  readonly #writer = this.#pipe.writable.getWriter();
  readonly #collected = Array.fromAsync(this.#pipe.readable);

  async write(text: string): Promise<void> {
    await this.#writer.write(text);
  }

  async close(): Promise<void> {
    await this.#writer.close();
  }

  async text(): Promise<string> {
    return (await this.#collected).join("");
  }
}

const page = new TextBuffer();
await page.write("<p>");
await page.write("hello");
await page.close();
const text = await page.text();
if (text !== "<p>hello") throw new Error(text);
