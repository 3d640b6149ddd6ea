// `await using` closes the file on every way out.
import { readdirSync } from "node:fs";
import { open } from "node:fs/promises";

async function heading(path: string): Promise<string | undefined> {
  await using file = await open(path);
  const text = await file.readFile("utf8");
  return text.startsWith("# ") ? text.slice(2) : undefined;
}

const openFiles = (): number => readdirSync("/dev/fd").length;
const before = openFiles();
for (let index = 0; index < 3; index += 1) await heading(import.meta.filename);
const left = openFiles() - before;
if (left > 0) throw new Error(`${String(left)} files more are open`);
