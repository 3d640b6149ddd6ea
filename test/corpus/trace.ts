// Preloaded into every program of the corpus: counts how often each line marked `// starves` or `// waits` is entered and left.
// The first time of each is announced on standard error at once, since a blocked thread says nothing more; the counts
// when the program ends.
import { writeSync } from "node:fs";
import { registerHooks } from "node:module";
import type { LineCounts } from "./execute.ts";

const counts: LineCounts = {};

Object.assign(globalThis, {
  tailraceEnter(line: number) {
    const count = (counts[line] ??= { entered: 0, left: 0 });
    if (count.entered === 0) writeSync(2, `@entered ${line.toString()}\n`);
    count.entered += 1;
  },
  tailraceLeave(line: number) {
    const count = counts[line];
    if (!count) return;
    if (count.left === 0) writeSync(2, `@left ${line.toString()}\n`);
    count.left += 1;
  },
});

process.once("exit", () => writeSync(2, `@counts ${JSON.stringify(counts)}\n`));
// Without a listener the signal would end the process before it could report.
process.once("SIGTERM", () => process.exit(143));

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.startsWith(new URL(".", import.meta.url).href) || loaded.source == null) return loaded;
    const text = typeof loaded.source === "string" ? loaded.source : new TextDecoder().decode(loaded.source);
    const lines = text.split("\n").map((line, index) => {
      const statement = /^(.*)\/\/ (?:starves|waits)$/.exec(line)?.[1];
      const number = (index + 1).toString();
      return statement === undefined ? line : `tailraceEnter(${number}); ${statement} tailraceLeave(${number});`;
    });
    return { ...loaded, source: lines.join("\n") };
  },
});
