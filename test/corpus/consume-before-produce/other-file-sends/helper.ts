import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";

const PAGE = "x".repeat(8 * 1024);

/** Writes so many pages and waits until all of them are taken. */
export const sendPages = async (target: Writable, count: number): Promise<void> => {
  for (let page = 0; page < count; page += 1) {
    if (!target.write(PAGE)) await new Promise((resolve) => target.once("drain", resolve));
  }
  target.end();
  await finished(target, { readable: false });
};
