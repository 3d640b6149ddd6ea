import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fanOut } from "tailrace";

const directory = await mkdtemp(join(tmpdir(), "copy-"));
const copy = join(directory, "copy.ts");

const { sha256, lines } = await fanOut(createReadStream(import.meta.filename), {
  disk: createWriteStream(copy),
  sha256: async (chunks: AsyncIterable<Buffer>) => {
    const hash = createHash("sha256");
    for await (const chunk of chunks) hash.update(chunk);
    return hash.digest("hex");
  },
  lines: async (chunks: AsyncIterable<Buffer>) => {
    let count = 0;
    for await (const chunk of chunks) count += chunk.toString().split("\n").length - 1;
    return count;
  },
});

const copied = await readFile(copy, "utf8");
console.log(createHash("sha256").update(copied).digest("hex") === sha256); // prints true
console.log(copied.split("\n").length - 1 === lines); // prints true
await rm(directory, { recursive: true });
