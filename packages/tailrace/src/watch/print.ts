import { writeSync } from "node:fs";

/** Milliseconds that it waits for a pipe to be emptied. */
const PATIENCE = 1000;

/** Writes to standard error at once: the process may end before anything is written later. */
export function print(text: string): void {
  const end = performance.now() + PATIENCE;
  for (let rest = Buffer.from(text); rest.length > 0 && performance.now() < end;) {
    try {
      rest = rest.subarray(writeSync(2, rest));
    } catch (error) {
      // A full pipe; anything else means that nobody reads it.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return;
    }
  }
}
