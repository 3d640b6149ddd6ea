import type { Bench, Subject } from "./harness/bench.ts";
import { generate } from "./lint/generated.ts";
import { noFloatingPromises, ours } from "./lint/rules.ts";
import { timeRules } from "./lint/time-rules.ts";
import type { Rules } from "./lint/time-rules.ts";

export const bench: Bench = {
  job: "what rules take of linting one long file with types: the same for each line, however many there are",
  operation: "line",
  operations: 5_000,
  expected: (lines) => lines,
  subjects: [
    subject("tailrace", "all rules, 5,000 lines", ours, 5_000),
    subject("tailrace", "all rules, 10,000 lines", ours, 10_000),
    subject("tailrace", "all rules, 20,000 lines", ours, 20_000),
    subject("typescript-eslint", "no-floating-promises, 5,000 lines", noFloatingPromises, 5_000),
    subject("typescript-eslint", "no-floating-promises, 20,000 lines", noFloatingPromises, 20_000),
  ],
};

function subject(from: string, calls: string, rules: Rules, operations: number): Subject {
  return {
    package: from,
    calls,
    operations,
    run: (lines) => Promise.resolve(timeRules(rules, [generate(lines)])),
  };
}
