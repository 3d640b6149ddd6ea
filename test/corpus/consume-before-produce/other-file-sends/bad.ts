// A helper in another file writes until the stream is full and waits for room; the reader comes after it.
// Ends: exit 13
// Needs types: the writes are in another file.
import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import { sendPages } from "./helper.ts";

async function copy(pages: number): Promise<number> {
  const between = new PassThrough();
  await sendPages(between, pages); // starves
  return (await buffer(between)).length;
}

const size = await copy(20);
if (size !== 20 * 8 * 1024) throw new Error(String(size));
