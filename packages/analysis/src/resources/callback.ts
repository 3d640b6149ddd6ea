import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { pathInPattern } from "../source/names.ts";
import { literalText, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { memberUsesOf } from "./members.ts";
import type { Resources } from "./resources.ts";

/** The methods of an emitter that take a listener. */
export const LISTEN: ReadonlySet<string | undefined> = new Set([
  "on",
  "once",
  "addListener",
  "prependListener",
  "prependOnceListener",
]);

/**
 * What a parameter is of a function that is given to a modelled call, `createServer((request, response) => …)`, or is
 * called with the same kind of thing everywhere.
 */
export function callbackResource(
  resources: Resources,
  node: FunctionNode,
  parameter: TSESTree.Node,
): string | undefined {
  for (const [index, pattern] of node.params.entries()) {
    const path = pathInPattern(pattern, parameter);
    if (!path) continue;
    const uses = usesOf(resources, node).filter((use) => !isWithin(use, node));
    const answers = new Set(uses.map((use) => parametersAt(resources, use, node)?.[index]));
    const [only] = answers;
    if (answers.size !== 1 || only === "") return undefined;
    // What is taken out of it: `({ page }) => …`.
    return path.reduce<string | undefined>((from, member) => resources.property(from, member), only);
  }
  return undefined;
}

/** Within the function itself: what it gives itself says nothing new. */
function isWithin(use: TSESTree.Node, node: FunctionNode): boolean {
  return use !== node && use.range[0] >= node.range[0] && use.range[1] <= node.range[1];
}

/** The places at which a function is given away or called: itself, or by its name. */
function usesOf({ file, names }: Resources, node: FunctionNode): TSESTree.Node[] {
  if (node.type === T.FunctionDeclaration) {
    const variable = node.id && names.variable(node.id);
    return variable
      ? variable.references.filter((use) => use.isRead()).map((use) => use.identifier as TSESTree.Node)
      : [];
  }
  const { parent } = node;
  if (parent.type === T.VariableDeclarator && parent.id.type === T.Identifier) {
    const variable = names.variable(parent.id);
    return variable
      ? variable.references.filter((use) => use.isRead()).map((use) => use.identifier as TSESTree.Node)
      : [];
  }
  return memberUsesOf(file, names, node)?.map(unbound) ?? [node];
}

/** `this.handle.bind(this)` is the method as well. */
function unbound(member: TSESTree.MemberExpression): TSESTree.Node {
  const bind = meaningfulParent(member);
  const call = bind?.type === T.MemberExpression && memberName(bind) === "bind" ? meaningfulParent(bind) : undefined;
  return call?.type === T.CallExpression && call.callee === bind && call.arguments.length === 1 ? call : member;
}

function parametersAt(resources: Resources, use: TSESTree.Node, node: FunctionNode): readonly string[] | undefined {
  const call = meaningfulParent(use);
  if (call?.type !== T.CallExpression && call?.type !== T.NewExpression) return undefined;
  if (unwrap(call.callee) === use) return isExported(node) ? undefined : givenBy(resources, call);
  const index = call.arguments.findIndex((argument) => unwrap(argument) === use);
  const passes = resources.call(call)?.passes;
  const last = index === call.arguments.length - 1 ? passes?.["last"] : undefined;
  const passed = passes?.[index] ?? last ?? passes?.["*"];
  // Who takes more is another kind of handler: `(error, request, response, next)`.
  if (passed) return node.params.length <= passed.length ? passed : undefined;
  return listenerParameters(resources, call, index) ?? thenParameters(resources, call, index);
}

function givenBy(
  resources: Resources,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
): readonly string[] | undefined {
  const spread = call.arguments.findIndex(({ type }) => type === T.SpreadElement);
  const known = spread < 0 ? call.arguments : call.arguments.slice(0, spread);
  return known.map((argument) => resources.of(argument) ?? "");
}

/** Others may call it with something else. */
function isExported({ parent }: FunctionNode): boolean {
  const declaration = parent.type === T.VariableDeclarator ? parent.parent.parent : parent;
  return declaration.type === T.ExportNamedDeclaration || declaration.type === T.ExportDefaultDeclaration;
}

/** `fetch(url).then((response) => …)`. */
function thenParameters(
  resources: Resources,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  index: number,
): readonly string[] | undefined {
  const callee = unwrap(call.callee);
  if (index !== 0 || callee.type !== T.MemberExpression || memberName(callee) !== "then") return undefined;
  const resolves = resources.call(callee.object)?.resolves;
  return resolves === undefined ? undefined : [resolves];
}

/** `server.on("request", (request, response) => …)`. */
function listenerParameters(
  resources: Resources,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  index: number,
): readonly string[] | undefined {
  const callee = unwrap(call.callee);
  const [name] = call.arguments;
  if (index !== 1 || callee.type !== T.MemberExpression || callee.property.type !== T.Identifier || !name)
    return undefined;
  const event = LISTEN.has(callee.property.name) ? literalText(name) : undefined;
  return event === undefined ? undefined : resources.event(resources.of(callee.object), event)?.gives;
}
