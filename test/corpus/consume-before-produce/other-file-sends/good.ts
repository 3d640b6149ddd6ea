// Sending and reading run side by side.
import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import { sendPages } from "./helper.ts";

async function copy(pages: number): Promise<number> {
  const between = new PassThrough();
  const [, content] = await Promise.all([sendPages(between, pages), buffer(between)]);
  return content.length;
}

const size = await copy(20);
if (size !== 20 * 8 * 1024) throw new Error(String(size));
