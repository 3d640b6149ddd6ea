// The flag is set when the import is through; the import fails, and the loop waits for the flag.
// Ends: hang
// cf. oxen-io/session-desktop#473
import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

let imported = false;

function start(path: string): void {
  readFile(path)
    .then(() => {
      imported = true;
    })
    .catch(() => {});
}

start("/nowhere/at-all.csv");
do { // starves
  await wait(10); // waits
} while (!imported);
