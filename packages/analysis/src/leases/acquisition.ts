import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { CallModel } from "../models/resource.ts";
import { heldDuring } from "../resources/during.ts";
import { mayMean } from "../resources/may-mean.ts";
import type { Resources } from "../resources/resources.ts";
import { standsFor } from "../source/names.ts";
import type { Names } from "../source/names.ts";
import { enclosingFunction, isCall, isFunction, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { calledFunction, resultsOf } from "../uses/functions.ts";
import { fateOf } from "./fate.ts";
import { holdingsOf } from "./lease.ts";

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

const known = new WeakMap<Resources, readonly Acquisition[]>();

// Functions around functions around the lender.
const MAX_DEPTH = 3;

/** All calls of a file that take something which is not given back by itself; through its functions as well. */
export function acquisitionsIn(resources: Resources): readonly Acquisition[] {
  let found = known.get(resources);
  if (!found) {
    found = collect(resources);
    known.set(resources, found);
  }
  return found;
}

function collect(resources: Resources): Acquisition[] {
  const calls = findAll(resources.file.ast, isCall);
  const found = calls.flatMap((call) => directly(resources, call) ?? []);
  let latest = found;
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const givers = new Map<FunctionNode, Acquisition>();
    for (const one of latest) {
      const giver = giverOf(resources.names, one);
      if (giver && !isGivenBack(resources, one)) givers.set(giver, one);
    }
    latest = calls.flatMap((call) => givenBy(resources.names, givers, call) ?? []);
    found.push(...latest);
  }
  return found;
}

function directly(resources: Resources, call: TSESTree.CallExpression): Acquisition | undefined {
  const model = mayMean(resources, call, "acquires") ? resources.call(call) : undefined;
  if (!model?.acquires || holdsItself(resources.names, model, call)) return undefined;
  const callee = unwrap(call.callee);
  const lender = callee.type === T.MemberExpression ? callee.object : undefined;
  const isLent = lender && resources.of(lender) !== undefined;
  return { call, taking: call, model, lender: isLent ? lender : undefined };
}

/** The function that gives what it took to its callers, and nothing else. */
function giverOf(names: Names, { call }: Acquisition): FunctionNode | undefined {
  const giver = enclosingFunction(call);
  if (!isFunction(giver)) return undefined;
  const [result, ...others] = resultsOf(giver);
  return result && others.length === 0 && madeBy(names, result) === call ? giver : undefined;
}

/** `try { return lease; } finally { pool.release(lease); }` */
function isGivenBack(resources: Resources, acquisition: Acquisition): boolean {
  return holdingsOf(resources, acquisition).leases.some((lease) => fateOf(resources, lease).named.length > 0);
}

function givenBy(
  names: Names,
  givers: ReadonlyMap<FunctionNode, Acquisition>,
  call: TSESTree.CallExpression,
): Acquisition | undefined {
  const giver = calledFunction(names, call);
  const given = giver && givers.get(giver);
  return given && { ...given, call };
}

/** `return pool.connect()`, or the name of what was awaited of it. */
function madeBy(names: Names, result: TSESTree.Node): TSESTree.CallExpression | undefined {
  const value = standsFor(names, result);
  const made = value.type === T.AwaitExpression ? unwrap(value.argument) : value;
  return made.type === T.CallExpression ? made : undefined;
}

/** Whether it is held only while a function runs that was given, or as long as the call itself lasts. */
function holdsItself(names: Names, model: CallModel, call: TSESTree.CallExpression): boolean {
  return model.during === "call" || heldDuring(names, call, model) !== undefined;
}
