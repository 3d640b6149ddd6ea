import { findStarvation, mayStarve } from "@tailrace/analysis";
import type { Finding, InterpretOptions } from "@tailrace/analysis";
import type { TSESLint } from "@typescript-eslint/utils";
import { fileIn } from "./file.ts";
import { withOtherFiles } from "./other-files.ts";
import { catalogIn, mayUseSettings } from "./settings.ts";

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** What starves in a file. */
export function starvationIn(context: Context, options: InterpretOptions): readonly Finding[] {
  const { sourceCode } = context;
  const file = fileIn(sourceCode);
  if (!file) return [];
  const catalog = catalogIn(sourceCode);
  if (!mayStarve(file, sourceCode.text, catalog) && !mayUseSettings(sourceCode)) return [];
  return findStarvation({ ...file, types: withOtherFiles(context, file.types) }, catalog, options);
}
