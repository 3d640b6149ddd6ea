// A file takes what is written whether or not anybody reads it later.
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = await mkdtemp(join(tmpdir(), "tailrace-"));
const path = join(folder, "levels.log");
const file = createWriteStream(path);
for (let line = 0; line < 10_000; line += 1) {
  if (!file.write(`level ${line}\n`)) await once(file, "drain");
}
file.end();
await once(file, "finish");

let size = 0;
for await (const chunk of createReadStream(path)) size += (chunk as Buffer).length;
await rm(folder, { recursive: true });
if (size !== 108_890) throw new Error(`${size}`);
