import type { Readable } from "node:stream";

/**
 * Reads lines as they come.
 *
 * @param longest characters that a line may have
 * @param onLine gets each line, and whether it is only the beginning of one that is too long; nothing comes after that
 */
export function readLines(input: Readable, longest: number, onLine: (line: string, isCut: boolean) => void): void {
  let line = "";
  let isCut = false;
  input.setEncoding("utf8").on("data", (chunk: string) => {
    const pieces = chunk.split("\n");
    for (const [index, piece] of pieces.entries()) {
      if (isCut) return; // read on, so that whoever writes does not wait
      line += piece;
      isCut = line.length > longest;
      if (!isCut && index === pieces.length - 1) return;
      onLine(isCut ? line.slice(0, longest) : line, isCut);
      line = "";
    }
  });
}

/**
 * Writes lines, one when the one before was taken. The promise settles when it was, or when nobody takes any more.
 *
 * @param write calls back when it has taken the text, or cannot
 */
export function writeLines(write: (text: string, taken: () => void) => unknown): (line: string) => Promise<void> {
  let last = Promise.resolve();
  return (line) => {
    last = last.then(
      () =>
        new Promise((resolve) => {
          write(`${line}\n`, resolve);
        }),
    );
    return last;
  };
}
