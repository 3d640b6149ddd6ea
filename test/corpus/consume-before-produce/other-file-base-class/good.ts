// The content flows into the result from the beginning.
import { Document } from "./helper.ts";

class Table extends Document {
  readonly mark = "\n";
  readonly #parts = this.content.setEncoding("utf8").toArray() as Promise<string[]>;

  async fill(rows: number): Promise<void> {
    for (let row = 0; row < rows; row += 1) await this.append(`${String(row)};`.padEnd(100, "-"));
    this.content.end();
  }

  async whole(): Promise<string> {
    return (await this.#parts).join("");
  }
}

const table = new Table();
await table.fill(50);
const content = await table.whole();
if (content.length !== 50 * 101) throw new Error(String(content.length));
