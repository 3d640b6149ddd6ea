import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type * as ts from "typescript";
import type { Catalog } from "../models/catalog.ts";
import { importOrigin } from "../source/origin.ts";
import { importsOf, importsText, isSource } from "../source/program-files.ts";
import { variableLookup } from "../source/source-file.ts";
import type { SourceFile, TypeServices } from "../source/source-file.ts";
import { wholeOf, mayConcern, original, symbolOf } from "./declarations.ts";
import { mayBeForgotten } from "./resolvers.ts";

// Who never waits cannot starve, and who makes nothing to wait for does not either.
const WAITS = /\bawait\b|\.then\(/u;
const STREAMS =
  /Stream\b|\bPassThrough\b|\bTransform\b|\bduplexPair\b|\bcreate(?:Gzip|Gunzip|Deflate|Inflate|Unzip|Brotli|Cipher|Decipher)|[Aa]rchive|\bchannel\b|\bwithResolvers\b/u;
const MAKES = new RegExp(String.raw`${STREAMS.source}|\bnew Promise\b`, "u");
// With types, a stream may also come from another file: then only its use can be seen here.
const USES = /\.(?:send|finalize)\b|\b(?:writable|getWriter|pipeTo|pipeline|drain)\b/u;

/** Whether something may starve in a file, as far as its text and the names that it imports tell: most files cost no more. */
export function mayStarve(file: SourceFile, text: string, catalog: Catalog): boolean {
  if (!WAITS.test(text)) return false;
  if (STREAMS.test(text) || mayBeForgotten(file, text, catalog)) return true;
  const { types } = file;
  if (!types) return false;
  const own = types.esTreeNodeToTSNodeMap.get(file.ast).getSourceFile();
  return (
    USES.test(text) ||
    ((MAKES.test(text) || importsText(types.program, own, MAKES)) && importsSuch(file, types, own, catalog))
  );
}

/** Whether something that a file imports makes what is waited for, or waits for it. */
function importsSuch(file: SourceFile, types: TypeServices, own: ts.SourceFile, catalog: Catalog): boolean {
  const declared = new Set<number>();
  for (const statement of file.ast.body) {
    if (statement.type !== T.ImportDeclaration) continue;
    declared.add(statement.source.range[1]);
    if (statement.importKind === "type") continue;
    if (statement.specifiers.some((specifier) => isSuch(file, types, specifier, catalog))) return true;
  }
  // `require(…)`, `import(…)`, `export … from`: of these only the module is known.
  return importsOf(own).some((specifier) => {
    // The compiler's own import of its helpers stands nowhere.
    if (specifier.pos < 0 || declared.has(specifier.end)) return false;
    const module = types.program.getTypeChecker().getSymbolAtLocation(specifier);
    return module !== undefined && concerns(types.program.getTypeChecker(), module);
  });
}

function isSuch(file: SourceFile, types: TypeServices, { local }: TSESTree.ImportClause, catalog: Catalog): boolean {
  const variable = variableLookup(file)(local);
  const origin = variable && importOrigin(variable);
  if (!origin || catalog.knows(origin.module)) return false;
  const symbol = symbolOf(types, local);
  return symbol !== undefined && concerns(types.program.getTypeChecker(), symbol);
}

/** Whether following a name into its file may show something. */
function concerns(checker: ts.TypeChecker, symbol: ts.Symbol, seen = new Set<ts.Symbol>()): boolean {
  const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
  if (!declaration || seen.has(symbol)) return false;
  seen.add(symbol);
  const file = declaration.getSourceFile();
  if (!isSource(file)) return false;
  if ((declaration as ts.Node) !== file) return mayConcern(declaration, file);
  const whole = wholeOf(symbol);
  const members = whole
    ? [whole, ...checker.getPropertiesOfType(checker.getTypeOfSymbol(whole))]
    : checker.getExportsOfModule(symbol);
  return members.some((member) => concerns(checker, original(checker, member), seen));
}
