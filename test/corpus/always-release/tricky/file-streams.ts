// A stream over a file closes it at its end, and `await using` does at the end of the block.
import { open } from "node:fs/promises";

async function lines(path: string): Promise<number> {
  const file = await open(path);
  let count = 0;
  for await (const line of file.readLines()) count += line === "" ? 0 : 1;
  return count;
}

async function size(path: string): Promise<number> {
  await using file = await open(path);
  const { size: bytes } = await file.stat();
  if (bytes === 0) throw new Error("empty");
  return bytes;
}

async function copied(path: string): Promise<number> {
  const file = await open(path);
  const chunks: Buffer[] = [];
  for await (const chunk of file.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).length;
}

const path = import.meta.filename;
if ((await lines(path)) < 20 || (await size(path)) !== (await copied(path))) throw new Error("not read");
