import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { CallModel } from "../models/resource.ts";
import { heldDuring } from "../resources/during.ts";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { isCall, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { calledFunction, resultsOf } from "../uses/functions.ts";

/** A call after which something is held that must be given back. */
export interface Acquisition {
  /** As it stands in the code that holds: a call of the lender's method, or of a function of this file around it. */
  readonly call: TSESTree.CallExpression;
  /** The call of the lender's own method. */
  readonly taking: TSESTree.CallExpression;
  readonly model: CallModel;
  /** What lends; undefined for a function that just makes what must be closed. */
  readonly lender: TSESTree.Node | undefined;
}

/** All calls of a file that take something which is not given back by itself. */
export function acquisitionsIn(resources: Resources): Acquisition[] {
  return findAll(resources.file.ast, isCall).flatMap((call) => acquisitionOf(resources, call) ?? []);
}

// Functions around functions around the lender.
const MAX_DEPTH = 3;

export function acquisitionOf(resources: Resources, call: TSESTree.CallExpression, depth = 0): Acquisition | undefined {
  const model = resources.call(call);
  if (model) {
    if (!model.acquires || holdsItself(resources.names, model, call)) return undefined;
    const callee = unwrap(call.callee);
    const lender = callee.type === T.MemberExpression ? callee.object : undefined;
    const isLent = lender && resources.of(lender) !== undefined;
    return { call, taking: call, model, lender: isLent ? lender : undefined };
  }
  const around = depth < MAX_DEPTH ? calledFunction(resources.names, call) : undefined;
  const [result, ...others] = around ? resultsOf(around) : [];
  const made = result && others.length === 0 ? madeBy(resources.names, result) : undefined;
  const inner = made && acquisitionOf(resources, made, depth + 1);
  return inner && { ...inner, call };
}

/** `return pool.connect()`, or the name of what was awaited of it. */
function madeBy(names: Names, result: TSESTree.Node): TSESTree.CallExpression | undefined {
  const expression = unwrap(result);
  const variable = expression.type === T.Identifier ? names.variable(expression) : undefined;
  const start = variable && names.initial(variable);
  const value = start?.path.length === 0 ? unwrap(start.value) : expression;
  const made = value.type === T.AwaitExpression ? unwrap(value.argument) : value;
  return made.type === T.CallExpression ? made : undefined;
}

/** Whether it is held only while a function runs that was given, or as long as the call itself lasts. */
function holdsItself(names: Names, model: CallModel, call: TSESTree.CallExpression): boolean {
  return model.during === "call" || heldDuring(names, call, model) !== undefined;
}
