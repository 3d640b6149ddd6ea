// The promise is kept and awaited: its error arrives.
import assert from "node:assert";
import { readFile } from "node:fs/promises";

function start(path: string): Promise<number> {
  return readFile(path).then(({ length }) => length);
}

await assert.rejects(start("/nowhere/at-all.csv"), { code: "ENOENT" });
