import type { Bench, Subject } from "./harness/bench.ts";
import { noFloatingPromises, ours } from "./lint/rules.ts";
import { linesOf, sourceFiles, take } from "./lint/sources.ts";
import { timeRules } from "./lint/time-rules.ts";
import type { Rules } from "./lint/time-rules.ts";

const files = sourceFiles();

export const bench: Bench = {
  job: "what rules take of linting a repository with types, once its program is built",
  operation: "line",
  operations: linesOf(files),
  expected: (lines) => linesOf(take(files, lines)),
  subjects: [
    subject("tailrace", "all rules", ours),
    {
      ...subject("eslint-plugin-tailrace", "all rules, beside no-floating-promises", ours, noFloatingPromises),
      note: "its types are known",
    },
    subject("typescript-eslint", "no-floating-promises", noFloatingPromises),
    ...Object.entries(ours).map(([name, rule]) => subject("eslint-plugin-tailrace", name, { [name]: rule })),
  ],
};

function subject(from: string, calls: string, rules: Rules, beside: Rules = {}): Subject {
  return {
    package: from,
    calls,
    run: (lines) => Promise.resolve(timeRules(rules, take(files, lines), beside)),
  };
}
