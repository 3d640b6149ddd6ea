import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { SourceFile } from "../source/source-file.ts";
import type { Atom, Value } from "./value.ts";

/** The variables of one run of a function, and `this`. What was ever assigned to a variable is one of its values. */
export interface Environment {
  /** Whose code the function is. */
  readonly file: SourceFile;
  readonly owner: TSESTree.Node;
  readonly parent: Environment | undefined;
  readonly variables: Map<Scope.Variable, Set<Atom>>;
  readonly self: Set<Atom>;
}

/** The environment of a whole file. */
export function fileEnvironment(file: SourceFile): Environment {
  return { file, owner: file.ast, parent: undefined, variables: new Map(), self: new Set() };
}

/** The environment of a function, or of a field's initializer, in the code around it. */
export function environment(owner: TSESTree.Node, parent: Environment): Environment {
  return { file: parent.file, owner, parent, variables: new Map(), self: new Set() };
}

/** The environment of the function (or program) that declares the variable. */
export function home(from: Environment, variable: Scope.Variable): Environment {
  const owner = variable.scope.variableScope.block as TSESTree.Node;
  let current = from;
  while (current.owner !== owner && current.parent) current = current.parent;
  return current;
}

export function lookUp(from: Environment, variable: Scope.Variable): Value {
  const atoms = home(from, variable).variables.get(variable);
  return atoms ? [...atoms] : [];
}

export function bind(from: Environment, variable: Scope.Variable, value: Value): void {
  const { variables } = home(from, variable);
  const atoms = variables.get(variable) ?? new Set();
  for (const atom of value) atoms.add(atom);
  variables.set(variable, atoms);
}
