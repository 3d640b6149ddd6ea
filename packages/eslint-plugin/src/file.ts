import { resourcesOf } from "@tailrace/analysis";
import type { Resources, SourceFile, TypeServices } from "@tailrace/analysis";
import type { TSESLint } from "@typescript-eslint/utils";
import { catalogIn, mayUseSettings } from "./settings.ts";

/** A linted file as the engine wants it; undefined where the parser gave no scopes. */
export function fileIn({ ast, scopeManager, parserServices }: Readonly<TSESLint.SourceCode>): SourceFile | undefined {
  if (!scopeManager) return undefined;
  const types = parserServices?.program
    ? {
        program: parserServices.program,
        esTreeNodeToTSNodeMap: parserServices.esTreeNodeToTSNodeMap as TypeServices["esTreeNodeToTSNodeMap"],
      }
    : undefined;
  return { ast, scopes: scopeManager, types };
}

/**
 * The resources of a linted file, shared by all rules; undefined where its text shows that a rule has nothing to find,
 * so that most files cost a search and nothing else.
 */
export function resourcesIn(sourceCode: Readonly<TSESLint.SourceCode>, candidate: RegExp): Resources | undefined {
  const file = candidate.test(sourceCode.text) || mayUseSettings(sourceCode) ? fileIn(sourceCode) : undefined;
  return file && resourcesOf(file, catalogIn(sourceCode));
}
