import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import type { FunctionNode } from "../source/syntax.ts";

/** How one function came to run another one. */
export interface Frame {
  /** The file in which the call stands. */
  readonly resources: Resources;
  /** The call, or where the function is handed to what calls it. */
  readonly node: TSESTree.Node;
  readonly callee: Callee;
  /** Undefined where they are not known: somebody else calls it. */
  readonly given: readonly TSESTree.CallExpressionArgument[] | undefined;
  /** What is `this` in it. */
  readonly receiver: TSESTree.Node | undefined;
}

/** A function, and the file in which it is declared. */
export interface Callee {
  readonly resources: Resources;
  readonly node: FunctionNode;
}

/** The calls that lead from the code that holds something to a place, outermost first. */
export type Frames = readonly Frame[];
