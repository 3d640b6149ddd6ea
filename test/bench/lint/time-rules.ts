import { Linter } from "eslint";
import type { Rule } from "eslint";
import type { OwnFigure } from "../harness/bench.ts";
import type { SourceFile } from "./sources.ts";
import { linesOf } from "./sources.ts";
import { read } from "./typed.ts";

/** Rules by name, with the options that each is to have. */
export type Rules = Readonly<Record<string, { readonly rule: Rule.RuleModule; readonly options: readonly unknown[] }>>;

/**
 * Lints files with types, and tells the time that the rules took: neither reading nor walking through the files.
 *
 * @param beside Rules that run too and do not count. Types that they ask for first cost the others nothing.
 */
export function timeRules(rules: Rules, files: readonly SourceFile[], beside: Rules = {}): OwnFigure {
  let nanoseconds = 0n;
  const timed = <A extends readonly unknown[], R>(run: (...args: A) => R): ((...args: A) => R) => {
    return (...args) => {
      const start = process.hrtime.bigint();
      try {
        return run(...args);
      } finally {
        nanoseconds += process.hrtime.bigint() - start;
      }
    };
  };
  const plugin = {
    ...Object.fromEntries(Object.entries(beside).map(([name, { rule }]) => [name, rule])),
    ...Object.fromEntries(Object.entries(rules).map(([name, { rule }]) => [name, timedRule(rule, timed)])),
  };
  const settings = Object.fromEntries(
    Object.entries({ ...beside, ...rules }).map(([name, { options }]) => [`measured/${name}`, ["error", ...options]]),
  );
  // Files may be anywhere, also where ESLint would not look by itself.
  const linter = new Linter({ configType: "flat", cwd: "/" });
  let linted = 0;
  for (const { path, code } of read(files)) {
    const messages = linter.verify(
      code,
      [
        { ignores: ["!**/node_modules/"] },
        { files: ["**/*.*"], plugins: { measured: { rules: plugin } }, rules: settings as Linter.RulesRecord },
      ],
      { filename: path, allowInlineConfig: false },
    );
    const failed = messages.find(({ fatal, ruleId }) => fatal === true || ruleId === null);
    if (failed) throw new Error(`${path}: ${failed.message}`);
    linted += linesOf([{ path, text: code.text }]);
  }
  return { result: linted, figure: Number(nanoseconds) / linted };
}

type Timed = <A extends readonly unknown[], R>(run: (...args: A) => R) => (...args: A) => R;

function timedRule(rule: Rule.RuleModule, timed: Timed): Rule.RuleModule {
  const create = timed((context: Rule.RuleContext) => rule.create(context));
  return {
    ...rule,
    create: (context) => {
      const listeners = Object.entries(create(context)) as [string, (...args: readonly unknown[]) => void][];
      return Object.fromEntries(listeners.map(([selector, listen]) => [selector, timed(listen)]));
    },
  };
}
