// The pair is hidden in a class with write() and text(): the order of the two calls decides.
// Ends: exit 13
class TextBuffer {
  readonly #pipe = new TransformStream<string, string>();
  readonly #writer = this.#pipe.writable.getWriter();

  async write(text: string): Promise<void> {
    await this.#writer.write(text);
  }

  async close(): Promise<void> {
    await this.#writer.close();
  }

  async text(): Promise<string> {
    return (await Array.fromAsync(this.#pipe.readable)).join("");
  }
}

const page = new TextBuffer();
await page.write("<p>"); // starves
await page.write("hello");
await page.close();
const text = await page.text();
if (text !== "<p>hello") throw new Error(text);
