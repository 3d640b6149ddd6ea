import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import {
  childrenOf,
  isFunction,
  literalText,
  meaningfulParent,
  memberName,
  propertyValue,
  unwrap,
} from "../source/syntax.ts";
import { findAll, walk } from "../source/walk.ts";
import { functionOf } from "../uses/functions.ts";

/** Parses a piece of code that stands in a string. */
export type Parse = (text: string) => TSESTree.Program | undefined;

/** The code that a worker runs, as far as it stands in the same file: as text, or in the other branch of a test. */
export function workerCodeOf(
  resources: Resources,
  worker: TSESTree.NewExpression,
  parse: Parse,
): TSESTree.Node | undefined {
  const [source, options] = worker.arguments;
  if (!source) return undefined;
  if (isOwnFile(source)) return otherBranch(resources, worker);
  const own = isEvaluated(options) ? functionIn(resources, source) : undefined;
  if (own) return own;
  const text = isEvaluated(options) ? textOf(resources, source) : addressedText(resources, source);
  const ast = text === undefined ? undefined : parse(text);
  if (!ast) return undefined;
  walk(ast, (parent) => {
    for (const child of childrenOf(parent)) child.parent = parent;
  });
  return ast;
}

/** `new URL(import.meta.url)`, `import.meta.url`, `__filename`. */
function isOwnFile(node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  if (expression.type === T.Identifier) return expression.name === "__filename";
  if (expression.type === T.NewExpression) {
    return expression.arguments.length === 1 && expression.arguments.every(isOwnFile);
  }
  return (
    expression.type === T.MemberExpression &&
    expression.object.type === T.MetaProperty &&
    ["filename", "url"].includes(memberName(expression) ?? "")
  );
}

/** `if (isMainThread) { new Worker(…) } else { … }`: what the worker runs. */
function otherBranch({ names }: Resources, worker: TSESTree.Node): TSESTree.Node | undefined {
  for (let child = worker, parent = worker.parent; parent; child = parent, parent = parent.parent) {
    if (parent.type !== T.IfStatement || parent.test === child) continue;
    const test = unwrap(parent.test);
    const flag = test.type === T.UnaryExpression ? test.argument : test;
    if (names.origin(flag)?.path.at(-1) !== "isMainThread") continue;
    return (child === parent.consequent ? parent.alternate : parent.consequent) ?? undefined;
  }
  return undefined;
}

function isEvaluated(options: TSESTree.Node | undefined): boolean {
  const value = propertyValue(options, "eval");
  return value?.type === T.Literal && value.value === true;
}

function textOf({ names }: Resources, node: TSESTree.Node): string | undefined {
  const expression = unwrap(node);
  const held = names.held(expression);
  return literalText(held ?? expression);
}

/** `new Worker(`(${main})()`, { eval: true })`: the function is the code. */
function functionIn({ names }: Resources, source: TSESTree.Node): TSESTree.Node | undefined {
  const template = unwrap(source);
  const [only, ...others] = template.type === T.TemplateLiteral ? template.expressions : [];
  if (!only || others.length > 0) return undefined;
  const call = unwrap(only);
  const callee = call.type === T.CallExpression ? unwrap(call.callee) : undefined;
  const isText = callee?.type === T.MemberExpression && memberName(callee) === "toString";
  return functionOf(names, isText ? callee.object : only);
}

/** `new URL("data:text/javascript,…")`. */
function addressedText(resources: Resources, source: TSESTree.Node): string | undefined {
  const url = unwrap(source);
  const [address] = url.type === T.NewExpression ? url.arguments : [];
  if (!address) return undefined;
  const value = unwrap(address);
  const [start, code] =
    value.type === T.BinaryExpression
      ? [literalText(value.left), value.right]
      : value.type === T.TemplateLiteral && value.expressions.length === 1
        ? [value.quasis[0]?.value.raw, value.expressions[0]]
        : [undefined, undefined];
  const isEncoded = code?.type === T.CallExpression && code.callee.type === T.Identifier;
  const [inner] = isEncoded ? code.arguments : [];
  if (start !== undefined && DATA.test(start) && inner) return textOf(resources, inner);
  const text = textOf(resources, value);
  return text !== undefined && DATA.test(text) ? decoded(text.replace(DATA, "")) : undefined;
}

const DATA = /^data:(?:text|application)\/javascript,/u;

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** When a worker changes memory: never, as far as its code goes; when this thread has sent or taken something; freely. */
export type Need = "free" | "message" | "never" | "output";

const CHANGES: ReadonlySet<string | undefined> = new Set([
  "add",
  "and",
  "compareExchange",
  "exchange",
  "notify",
  "or",
  "store",
  "sub",
  "xor",
]);
// What memory may go on to from there.
const HANDS_ON = /^(?:BroadcastChannel|MessageChannel|Worker|import|postMessage)$/u;

/** What a worker needs of this thread before it changes any memory. */
export function needOf(code: TSESTree.Node): Need {
  if (findAll(code, mayHandOn).length > 0) return "free";
  const needs = new Set(findAll(code, isChange).map((change) => gateOf(change, code)));
  const [need = "never", ...others] = needs;
  return others.length === 0 ? need : "free";
}

function isChange(node: TSESTree.Node): node is TSESTree.Node {
  if (node.type === T.CallExpression) {
    const callee = unwrap(node.callee);
    const object = callee.type === T.MemberExpression ? callee.object : undefined;
    const isAtomic = object?.type === T.Identifier && object.name === "Atomics";
    return isAtomic && CHANGES.has(memberName(callee));
  }
  const target =
    node.type === T.AssignmentExpression ? node.left : node.type === T.UpdateExpression ? node.argument : undefined;
  return target?.type === T.MemberExpression && target.computed;
}

/** Whether code may give memory to code that we do not see. */
function mayHandOn(node: TSESTree.Node): node is TSESTree.Node {
  switch (node.type) {
    case T.ImportExpression:
      return true;
    case T.ImportDeclaration:
      return !isOfPlatform(node.source);
    case T.NewExpression:
      return node.callee.type === T.Identifier && HANDS_ON.test(node.callee.name);
    case T.CallExpression: {
      const callee = unwrap(node.callee);
      const isRequire = callee.type === T.Identifier && callee.name === "require";
      return isRequire ? !isOfPlatform(node.arguments[0]) : mentionsData(node);
    }
    default:
      return false;
  }
}

function isOfPlatform(source: TSESTree.Node | undefined): boolean {
  return (
    source !== undefined && /^(?:node:|worker_threads$|fs$|path$|os$|util$|events$)/u.test(literalText(source) ?? "")
  );
}

/** `register(workerData)`: somebody else may change it then. */
function mentionsData(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  if (
    callee.type === T.MemberExpression &&
    callee.object.type === T.Identifier &&
    /^(?:Atomics|console)$/u.test(callee.object.name)
  )
    return false;
  return call.arguments.some((one) => !isFunction(one) && findAll(one, isData).length > 0);
}

function isData(node: TSESTree.Node): node is TSESTree.Identifier {
  if (node.type !== T.Identifier || node.name !== "workerData") return false;
  // An element of it is a number.
  return !(node.parent.type === T.MemberExpression && node.parent.computed && node.parent.object === node);
}

/** What must have happened on the other thread for control to come to a node. */
function gateOf(node: TSESTree.Node, code: TSESTree.Node): Need {
  for (let current = node, parent = node.parent; parent && current !== code; current = parent, parent = parent.parent) {
    if (isFunction(current)) {
      const call = meaningfulParent(current);
      const need = call && callbackNeed(call, current);
      if (need) return need;
    }
    // `await once(parentPort, "message")` comes before it.
    if ((parent.type === T.BlockStatement || parent.type === T.Program) && "body" in parent) {
      const before = parent.body.slice(0, (parent.body as TSESTree.Node[]).indexOf(current));
      if (before.some((one) => findAll(one, isMessageWait).length > 0)) return "message";
    }
  }
  return "free";
}

function callbackNeed(call: TSESTree.Node, callback: TSESTree.Node): Need | undefined {
  if (call.type === T.AssignmentExpression && call.left.type === T.MemberExpression) {
    return memberName(call.left) === "onmessage" ? "message" : undefined;
  }
  if (call.type !== T.CallExpression || !call.arguments.includes(callback as TSESTree.Expression)) return undefined;
  const callee = unwrap(call.callee);
  const method = memberName(callee);
  const [first] = call.arguments;
  if (callee.type !== T.MemberExpression || !first) return undefined;
  if (/^(?:on|once|addListener|addEventListener)$/u.test(method ?? "")) {
    return isPort(callee.object) && literalText(first) === "message" ? "message" : undefined;
  }
  const stream = unwrap(callee.object);
  const isOutput = stream.type === T.MemberExpression && /^std(?:out|err)$/u.test(memberName(stream) ?? "");
  return isOutput && (method === "write" || method === "end") ? "output" : undefined;
}

function isPort(node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  const name =
    expression.type === T.MemberExpression ? memberName(expression) : "name" in expression ? expression.name : "";
  return name === "parentPort" || name === "self";
}

function isMessageWait(node: TSESTree.Node): node is TSESTree.AwaitExpression {
  if (node.type !== T.AwaitExpression || node.argument.type !== T.CallExpression) return false;
  const [target, event] = node.argument.arguments;
  return target !== undefined && isPort(target) && event !== undefined && literalText(event) === "message";
}
