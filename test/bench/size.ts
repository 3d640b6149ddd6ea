import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { measuredBy } from "./harness/bench.ts";
import type { Bench } from "./harness/bench.ts";

/** The names that a page imports from the package, or all of them. */
const bundled = measuredBy<{ readonly names: string; readonly from: string }>(async ({ names, from }, bundles) => {
  const entry = "\0entry";
  await using bundle = await rolldown({
    input: entry,
    platform: "browser",
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? `export ${names} from "${from}";` : undefined),
      },
    ],
    cwd: import.meta.dirname,
    treeshake: { moduleSideEffects: false },
    logLevel: "silent",
  });
  const { output } = await bundle.generate({ minify: true });
  return { result: bundles, figure: gzipSync(output[0].code, { level: 9 }).length };
});

const of = (from: string, names: string): ReturnType<typeof bundled> => bundled(from, names, { names, from });

export const bench: Bench = {
  job: "what a page loads for what it imports, with everything that this needs, minified and packed by gzip",
  operation: "import",
  operations: 1,
  unit: "bytes",
  expected: (bundles) => bundles,
  subjects: [
    of("tailrace", "{ channel }"),
    of("tailrace", "{ scope }"),
    of("tailrace", "{ limit }"),
    of("tailrace", "{ mapConcurrent }"),
    of("tailrace", "{ fanOut }"),
    of("tailrace", "*"),
    of("p-limit", "{ default }"),
    of("p-map", "{ default }"),
    of("p-queue", "{ default }"),
    of("rxjs", "{ Subject }"),
    of("effection", "{ createQueue, run, spawn }"),
    of("effect", "{ Effect, Queue }"),
  ],
};
