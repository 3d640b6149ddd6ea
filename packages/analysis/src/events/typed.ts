import type { TSESTree } from "@typescript-eslint/utils";
import type * as ts from "typescript";
import { unwrap } from "../source/syntax.ts";
import type { TypeServices } from "../source/source-file.ts";
import type { Value } from "../values/value.ts";
import { newPipe } from "./apis.ts";
import type { Frame } from "./frame.ts";
import { end } from "./run.ts";
import type { Run } from "./run.ts";

/**
 * What an expression is by its type, where nothing else is known of it: a stream that a function of another file
 * made, or a parameter. Its room and its other users are not known.
 */
export function typedValue(run: Run, frame: Frame, node: TSESTree.Node): Value {
  const { types } = run.file;
  if (!types) return [];
  const kind = kindOf(run, types, unwrap(node));
  if (kind === undefined) return [];
  const unit = kind === "Duplex" || kind === "Archiver" ? "bytes" : "items";
  const pipe = newPipe(run, frame, node, "typed", { kind, unit, size: unit === "bytes" ? 65_536 : undefined, foreign: true });
  return [end(run, pipe, kind)];
}

function kindOf(run: Run, types: TypeServices, node: TSESTree.Node): string | undefined {
  const location = types.esTreeNodeToTSNodeMap.get(node) as ts.Node | undefined;
  if (!location) return undefined;
  const checker = types.program.getTypeChecker();
  return kindOfType(run, types.program, checker, checker.getTypeAtLocation(location), 0);
}

const MAX_BASES = 6;

function kindOfType(run: Run, program: ts.Program, checker: ts.TypeChecker, type: ts.Type, depth: number): string | undefined {
  const symbol = type.getSymbol();
  if (!symbol || depth > MAX_BASES) return undefined;
  for (const declaration of symbol.declarations ?? []) {
    const module = packageOf(program, declaration.getSourceFile());
    const kind = module && run.catalog.typeKind(module, symbol.name);
    if (kind !== undefined) return kind;
  }
  if (!type.isClassOrInterface()) return undefined;
  for (const base of checker.getBaseTypes(type)) {
    const kind = kindOfType(run, program, checker, base, depth + 1);
    if (kind !== undefined) return kind;
  }
  return undefined;
}

/** Which package declares something: `node` for Node's own and the platform's. */
function packageOf(program: ts.Program, file: ts.SourceFile): string | undefined {
  if (program.isSourceFileDefaultLibrary(file)) return "node";
  const path = file.fileName;
  const start = path.lastIndexOf("/node_modules/");
  const [scope = "", name = ""] = start < 0 ? ownPackage(path) : path.slice(start + "/node_modules/".length).split("/");
  const full = scope.startsWith("@") ? `${scope}/${name}` : scope;
  if (full === "@types/node") return "node";
  return full.startsWith("@types/") ? full.slice("@types/".length).replace("__", "/") : full || undefined;
}

/** A package of the same workspace is linked, not installed. */
function ownPackage(path: string): [string, string] {
  const match = /\/packages\/([^/]+)\/(?:src|dist)\//u.exec(path);
  return [match?.[1] ?? "", ""];
}
