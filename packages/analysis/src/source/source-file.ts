import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type * as ts from "typescript";

/** Type information of a program, as a typed parser offers it. */
export interface TypeServices {
  readonly program: ts.Program;
  readonly esTreeNodeToTSNodeMap: { get(node: TSESTree.Node): ts.Node };
}

/** One parsed file: the front end's contract with the engine, which knows nothing of ESLint's rule objects. */
export interface SourceFile {
  readonly ast: TSESTree.Program;
  readonly scopes: Scope.ScopeManager;
  /** Present only where the file was parsed with type information. */
  readonly types?: TypeServices | undefined;
}

/** Looks up which variable an identifier reads, writes or declares. */
export type VariableLookup = (identifier: TSESTree.Node) => Scope.Variable | undefined;

/** Indexes every identifier of the file by the variable that it stands for. */
export function variableLookup(file: SourceFile): VariableLookup {
  const variables = new Map<TSESTree.Node, Scope.Variable>();
  for (const scope of file.scopes.scopes) {
    for (const variable of scope.variables) {
      for (const identifier of variable.identifiers) variables.set(identifier, variable);
    }
    for (const reference of scope.references) {
      if (reference.resolved) variables.set(reference.identifier, reference.resolved);
    }
  }
  return (identifier) => variables.get(identifier);
}
