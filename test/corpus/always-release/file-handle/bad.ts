// Files without a heading are left open: nothing waits yet, until the process may open no more files.
// Ends: exit 1
// Fails: 3 files more are open
import { readdirSync } from "node:fs";
import { open } from "node:fs/promises";

async function heading(path: string): Promise<string | undefined> {
  const file = await open(path); // starves
  const text = await file.readFile("utf8");
  if (!text.startsWith("# ")) return undefined;
  await file.close();
  return text.slice(2);
}

const openFiles = (): number => readdirSync("/dev/fd").length;
const before = openFiles();
for (let index = 0; index < 3; index += 1) await heading(import.meta.filename);
const left = openFiles() - before;
if (left > 0) throw new Error(`${String(left)} files more are open`);
