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
  const pipe = newPipe(run, frame, node, "typed", {
    kind,
    unit,
    size: unit === "bytes" ? 65_536 : undefined,
    foreign: true,
  });
  return [end(run, pipe, kind)];
}

function kindOf(run: Run, types: TypeServices, node: TSESTree.Node): string | undefined {
  const location = types.esTreeNodeToTSNodeMap.get(node) as ts.Node | undefined;
  if (!location) return undefined;
  const checker = types.program.getTypeChecker();
  // The type itself, not its bases: a hash is a Transform as well, and waits for no reader.
  const symbol = checker.getTypeAtLocation(location).getSymbol();
  for (const declaration of symbol?.declarations ?? []) {
    const declaredBy = packageOf(types.program, declaration.getSourceFile());
    const kind = symbol && declaredBy && run.catalog.typeKind(declaredBy, symbol.name);
    if (kind !== undefined && kind !== "") return kind;
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
