import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type * as ts from "typescript";

/** Type information of a program, as a typed parser offers it. */
export interface TypeServices {
  readonly program: ts.Program;
  readonly esTreeNodeToTSNodeMap: { get(node: TSESTree.Node): ts.Node };
  readonly tsNodeToESTreeNodeMap?: ParsedFile["tsNodeToESTreeNodeMap"] | undefined;
  /**
   * Parses another file of the program, as the front end parsed this one; undefined where it cannot. Without it calls
   * are not followed into other files.
   */
  readonly parse?: ((file: ts.SourceFile) => ParsedFile | undefined) | undefined;
}

/** A file of a program, parsed with the maps between the two kinds of syntax tree. */
export interface ParsedFile {
  /** Its nodes know their parents. */
  readonly ast: TSESTree.Program;
  readonly scopes: Scope.ScopeManager;
  readonly esTreeNodeToTSNodeMap: TypeServices["esTreeNodeToTSNodeMap"];
  readonly tsNodeToESTreeNodeMap: { get(node: ts.Node): TSESTree.Node | undefined };
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

const lookups = new WeakMap<TSESTree.Program, VariableLookup>();

/** Indexes every identifier of the file by the variable that it stands for; made once. */
export function variableLookup(file: SourceFile): VariableLookup {
  let lookup = lookups.get(file.ast);
  if (!lookup) {
    lookup = indexVariables(file);
    lookups.set(file.ast, lookup);
  }
  return lookup;
}

function indexVariables(file: SourceFile): VariableLookup {
  const variables = new Map<TSESTree.Node, Scope.Variable>();
  for (const scope of file.scopes.scopes) {
    for (const variable of scope.variables) {
      for (const identifier of variable.identifiers) {
        // The name of a class is declared twice, around it and inside: both are one.
        if (!variables.has(identifier)) variables.set(identifier, variable);
      }
    }
  }
  for (const scope of file.scopes.scopes) {
    for (const { identifier, resolved } of scope.references) {
      const [name] = resolved?.identifiers ?? [];
      const variable = (name && variables.get(name)) ?? resolved;
      if (variable) variables.set(identifier, variable);
    }
  }
  return (identifier) => variables.get(identifier);
}
