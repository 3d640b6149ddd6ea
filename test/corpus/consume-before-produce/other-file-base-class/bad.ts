// The base class waits for room in its stream, and the subclass fills it before anybody can have called read().
// Ends: exit 13
// Needs types: the base class is in another file.
import { Document } from "./helper.ts";

class Table extends Document {
  readonly mark = "\n";

  async fill(rows: number): Promise<void> {
    for (let row = 0; row < rows; row += 1) await this.append(`${String(row)};`.padEnd(100, "-"));
  }
}

const table = new Table();
await table.fill(50); // starves
const content = await table.read();
if (content.length !== 50 * 101) throw new Error(String(content.length));
