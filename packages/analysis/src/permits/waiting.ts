import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import type { Origin } from "../source/origin.ts";
import { isReaction } from "../source/promise.ts";
import { isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { calledFunction } from "../uses/functions.ts";
import type { Owner } from "../uses/places.ts";
import { heldFunction, takingOf } from "./taking.ts";

/** How an owner's own code waits for a promise that is made somewhere in it. */
export interface Waiting {
  /** What waits, in the owner's own code. */
  readonly node: TSESTree.Node;
  /** `stands`: control stays here; `returns`: the owner's result waits; `listens`: only callbacks do. */
  readonly how: "listens" | "returns" | "stands";
  /** Functions that run only when it has settled. */
  readonly after: readonly TSESTree.Node[];
}

const GATHERERS: ReadonlySet<string> = new Set(["Promise.all", "Promise.allSettled", "Promise.resolve"]);
const ELEMENTS: ReadonlySet<string | undefined> = new Set(["flatMap", "map"]);
const LISTENS: ReadonlySet<string | undefined> = new Set([
  ..."addEventListener addListener consume forEach listen on once prependListener process subscribe use".split(" "),
]);

/** How an owner waits for what an expression in its code, or in a closure of it, promises; undefined where it does not. */
export function waitingFor(resources: Resources, promise: TSESTree.Node, owner: Owner): Waiting | undefined {
  return new Climb(resources, owner).from(promise);
}

/** How an owner waits for what a function does that is handed to something there. */
export function waitingForCallback(resources: Resources, callback: TSESTree.Node, owner: Owner): Waiting | undefined {
  return new Climb(resources, owner).fromCallback(callback);
}

class Climb {
  readonly #resources: Resources;
  readonly #owner: Owner;
  readonly #after: TSESTree.Node[] = [];
  readonly #seen = new Set<TSESTree.Node>();

  constructor(resources: Resources, owner: Owner) {
    this.#resources = resources;
    this.#owner = owner;
  }

  from(node: TSESTree.Node): Waiting | undefined {
    if (this.#seen.has(node)) return undefined;
    this.#seen.add(node);
    const parent = meaningfulParent(node);
    switch (parent?.type) {
      case T.AwaitExpression:
        return this.#leave(parent, "stands");
      case T.ForOfStatement:
        return parent.await && unwrap(parent.right) === unwrap(node) ? this.#leave(parent, "stands") : undefined;
      case T.ReturnStatement:
        return this.#leave(parent, "returns");
      case T.ArrowFunctionExpression:
        return unwrap(parent.body) === unwrap(node) ? this.#leave(node, "returns") : undefined;
      case T.ConditionalExpression:
        return unwrap(parent.test) === unwrap(node) ? undefined : this.from(parent);
      case T.LogicalExpression:
        return this.from(parent);
      case T.SequenceExpression:
        return parent.expressions.at(-1) === node ? this.from(parent) : undefined;
      case T.ArrayExpression:
      case T.SpreadElement:
        return this.from(parent);
      case T.CallExpression:
        return this.#argument(node, parent);
      case T.MemberExpression:
        return unwrap(parent.object) === unwrap(node) ? this.#member(node, parent) : undefined;
      case T.VariableDeclarator:
        return parent.id.type === T.Identifier ? this.#name(parent.id) : undefined;
      case T.AssignmentExpression:
        if (unwrap(parent.right) !== unwrap(node)) return undefined;
        return (parent.left.type === T.Identifier ? this.#name(parent.left) : undefined) ?? this.from(parent);
      default:
        return undefined;
    }
  }

  /** Through a function that is called where it stands: by what it is given to, or by itself. */
  fromCallback(callback: TSESTree.Node): Waiting | undefined {
    const { names } = this.#resources;
    const parent = meaningfulParent(callback);
    if (parent?.type !== T.CallExpression) return undefined;
    const callee = unwrap(parent.callee);
    if (callee === callback) return this.from(parent);
    const method = memberName(callee);
    if (isReaction(method) || ELEMENTS.has(method)) return this.from(parent);
    const taking = takingOf(this.#resources, parent);
    const held = taking && heldFunction(taking);
    if (held) return unwrap(held) === unwrap(callback) ? this.from(parent) : undefined;
    const origin = names.origin(callee);
    if (origin?.module === "global") return origin.path.join(".") === "Array.from" ? this.from(parent) : undefined;
    if (LISTENS.has(method) || isExpectedToFail(origin)) return undefined;
    const helper = calledFunction(names, parent);
    if (helper) {
      const index = parent.arguments.findIndex((argument) => unwrap(argument) === unwrap(callback));
      return runsParameter(this.#resources, helper, index) ? this.from(parent) : undefined;
    }
    // What is waited for and given something to do has most likely done it: `await retry(() => …)`.
    return taking ? undefined : this.from(parent);
  }

  #leave(node: TSESTree.Node, how: "returns" | "stands"): Waiting | undefined {
    const owner = functionAround(node);
    if (owner === this.#owner) return { node, how, after: this.#after };
    return isFunction(owner) && isInline(owner) ? this.fromCallback(owner) : undefined;
  }

  #argument(node: TSESTree.Node, call: TSESTree.CallExpression): Waiting | undefined {
    if (unwrap(call.callee) === unwrap(node)) return undefined;
    const { names } = this.#resources;
    const origin = names.origin(call.callee);
    if (origin?.module === "global") return GATHERERS.has(origin.path.join(".")) ? this.from(call) : undefined;
    // `tasks.push(limit(…))`
    const callee = unwrap(call.callee);
    const list =
      callee.type === T.MemberExpression && memberName(callee) === "push" ? unwrap(callee.object) : undefined;
    return list?.type === T.Identifier ? this.#name(list) : undefined;
  }

  #member(node: TSESTree.Node, member: TSESTree.MemberExpression): Waiting | undefined {
    const name = memberName(member);
    const { promise, during } = takingOf(this.#resources, node)?.model ?? {};
    if (promise !== undefined && name === promise) return this.from(member);
    const call = meaningfulParent(member);
    if (call?.type !== T.CallExpression || unwrap(call.callee) !== member) return undefined;
    const isLink = isReaction(name);
    // Calls that are chained to a query belong to it.
    const isChained = during === "call" || this.#resources.of(node) !== undefined;
    if (!isLink && !isChained) return undefined;
    const before = this.#after.length;
    if (isLink) this.#after.push(...call.arguments.map(unwrap));
    const found = this.from(call);
    if (found || !isLink || name === "catch" || this.#after.length === before) return found;
    const own = functionAround(node) === this.#owner;
    return own ? { node, how: "listens", after: this.#after } : undefined;
  }

  #name(name: TSESTree.Identifier): Waiting | undefined {
    const variable = this.#resources.names.variable(name);
    for (const reference of variable?.references ?? []) {
      const found = reference.isRead() ? this.from(reference.identifier) : undefined;
      if (found && found.how !== "listens") return found;
    }
    return undefined;
  }
}

/** `assert.rejects(() => pool.acquire())` */
function isExpectedToFail(origin: Origin | undefined): boolean {
  return origin?.module.startsWith("assert") === true && origin.path.at(-1) === "rejects";
}

const running = new Set<FunctionNode>();

/** Whether a function calls a parameter, and its own promise waits for that call. */
function runsParameter(resources: Resources, helper: FunctionNode, index: number): boolean {
  const parameter = helper.params[index];
  const variable = parameter && resources.names.variable(parameter);
  if (!variable || running.has(helper)) return false;
  running.add(helper);
  try {
    return variable.references.some(({ identifier }) => {
      const node = identifier as TSESTree.Node;
      const waiting = waitingForCallback(resources, node, helper);
      return waiting !== undefined && waiting.how !== "listens";
    });
  } finally {
    running.delete(helper);
  }
}

/** A function that is used once, where it stands. */
export function isInline(node: FunctionNode): boolean {
  const { type } = meaningfulParent(node) ?? node;
  return node.type !== T.FunctionDeclaration && (type === T.CallExpression || type === T.NewExpression);
}

function functionAround(node: TSESTree.Node): Owner | undefined {
  let current = node.parent;
  while (current && !isFunction(current) && current.type !== T.Program) current = current.parent;
  return current;
}
