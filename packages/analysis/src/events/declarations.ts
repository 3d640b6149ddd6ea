import type { TSESTree } from "@typescript-eslint/utils";
import type * as ts from "typescript";
import type { TypeServices } from "../source/source-file.ts";

// What makes something to wait for, and what waits for it.
const MAKES =
  /\b(?:[A-Z]\w*Stream|PassThrough|Transform|duplexPair|create(?:Gzip|Gunzip|Deflate|Inflate|Unzip|Brotli|Cipher|Decipher)\w*|archiver|channel)\b/u;
const PROMISES = /\bnew Promise\b|\bwithResolvers\b/u;
const USES =
  /\.(?:write|close|send|finalize|getWriter|getReader|pipeTo|pipeThrough|pipe)\b|\b(?:pipeline|finished|drain|for await|yield)\b/u;
// An object of functions that are declared elsewhere: `api = { open, close }`.
const NAMES = /=\s*\{[^(=]*\}\s*$/u;
// Whoever writes more into one function or class has written no helper, and it is judged with its own file.
const MAX_HELPER = 8_000;

const concerns = new WeakMap<ts.Node, boolean>();

/** Whether to look into another file for what is declared there: that is dear, and most of it only computes. */
export function mayConcern(declaration: ts.Declaration, file: ts.SourceFile): boolean {
  if ((declaration as ts.Node) === file) return true;
  let answer = concerns.get(declaration);
  if (answer === undefined) {
    const text = file.text.slice(declaration.pos, declaration.end);
    // A value, or a short function, has its meaning from the rest of its file.
    const around = text.length < 300 && (MAKES.test(file.text) || PROMISES.test(file.text));
    answer =
      text.length <= MAX_HELPER &&
      (around || NAMES.test(text) || MAKES.test(text) || PROMISES.test(text) || USES.test(text));
    concerns.set(declaration, answer);
  }
  return answer;
}

/** What a name stands for in the end. */
export function symbolOf({ program, esTreeNodeToTSNodeMap }: TypeServices, node: TSESTree.Node): ts.Symbol | undefined {
  const checker = program.getTypeChecker();
  const location = esTreeNodeToTSNodeMap.get(node) as ts.Node | undefined;
  const symbol = location && checker.getSymbolAtLocation(location);
  return symbol && original(checker, symbol);
}

// ts.SymbolFlags.Alias and .Variable: types are all that we take from TypeScript.
const ALIAS = 2_097_152;
const VARIABLE = 3;
// Names of names of names; a cycle of them ends here as well.
const MAX_NAMES = 8;

/** What a name stands for in the end, through all that export it again under this name or another. */
export function original(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  let current = symbol;
  for (let names = 0; names < MAX_NAMES; names += 1) {
    const next = (current.flags & ALIAS) === 0 ? namedBy(checker, current) : checker.getAliasedSymbol(current);
    if (!next || next === current) break;
    current = next;
  }
  return current;
}

/** `module.exports = { name, other: name }`, `exports.name = name`: what has the name in that file. */
function namedBy(checker: ts.TypeChecker, { flags, valueDeclaration }: ts.Symbol): ts.Symbol | undefined {
  if (!valueDeclaration || (flags & VARIABLE) !== 0) return undefined;
  const named = checker.getShorthandAssignmentValueSymbol(valueDeclaration);
  if (named) return named;
  const value = valueIn(valueDeclaration) ?? valueIn(valueDeclaration.parent);
  return value && "escapedText" in value ? checker.getSymbolAtLocation(value) : undefined;
}

/** The right side of an assignment, or the value of a property. */
function valueIn(node: ts.Node | undefined): ts.Node | undefined {
  if (!node) return undefined;
  const { right, initializer } = node as { right?: ts.Node; initializer?: ts.Node };
  return right ?? initializer;
}

/** `module.exports = { … }` */
export function isObject({ valueDeclaration }: ts.Symbol): boolean {
  const value = valueIn(valueDeclaration) ?? valueIn(valueDeclaration?.parent);
  return value !== undefined && "properties" in value;
}

/** What `module.exports = …` or `export = …` makes of a module. */
export function wholeOf(module: ts.Symbol): ts.Symbol | undefined {
  return (module.exports as ReadonlyMap<unknown, ts.Symbol> | undefined)?.get("export=");
}
