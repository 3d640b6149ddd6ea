import type * as ts from "typescript";

/** Which package declares something: `node` for Node's own and the platform's. */
export function packageOf(program: ts.Program, file: ts.SourceFile): string | undefined {
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
