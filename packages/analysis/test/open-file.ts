import { parseForESLint } from "@typescript-eslint/parser";
import type { TSESTree } from "@typescript-eslint/utils";
import type { SourceFile } from "../src/source/source-file.ts";
import { walk } from "../src/source/walk.ts";

/** Parses a file without types. */
export function openFile(code: string): SourceFile {
  const { ast, scopeManager } = parseForESLint(code, { range: true, loc: true, sourceType: "module" });
  linkParents(ast);
  return { ast, scopes: scopeManager };
}

/** Only a linter sets parents; the parser's own do as well from version 8 on. */
export function linkParents(ast: TSESTree.Node): void {
  walk(ast, (parent) => {
    for (const value of Object.values(parent) as unknown[]) {
      for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
        if (isNode(child) && child !== parent.parent) child.parent = parent;
      }
    }
  });
}

function isNode(value: unknown): value is TSESTree.Node & { parent: TSESTree.Node } {
  return typeof value === "object" && value !== null && "type" in value && "range" in value;
}
