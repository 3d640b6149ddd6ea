import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { rememberedOfFile } from "../resources/remembered.ts";
import type { Resources } from "../resources/resources.ts";
import { groupBy } from "../source/occurrences.ts";
import { contains, isFunction, meaningfulParent, memberName, propertyName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { callsOf, nameOf, resultsOf } from "../uses/functions.ts";
import { apiName } from "./apis.ts";
import { memberUses } from "./members.ts";

/** What a value is made of, as far as the file shows it. */
export interface Ingredients {
  /** Servers whose address it contains: the receivers of `server.address()`. */
  readonly servers: readonly TSESTree.Node[];
  /** The names and literals that it contains, themselves and by what they were given. */
  readonly leaves: readonly TSESTree.Node[];
}

// Whoever puts an address together from more than this does not stay in one file.
const MAX_NODES = 600;

/** Follows everything that goes into some expressions: names, fields, parameters, results of functions. */
export function ingredientsOf(resources: Resources, roots: readonly TSESTree.Node[]): Ingredients {
  const { names } = resources;
  const servers: TSESTree.Node[] = [];
  const leaves: TSESTree.Node[] = [];
  const seen = new Set<TSESTree.Node>();
  const pending = [...roots];
  for (let node = pending.pop(); node && seen.size < MAX_NODES; node = pending.pop()) {
    const expression = unwrap(node);
    if (seen.has(expression)) continue;
    seen.add(expression);
    switch (expression.type) {
      case T.Identifier:
        leaves.push(expression);
        pending.push(...valuesOf(resources, expression));
        break;
      case T.MemberExpression: {
        leaves.push(expression);
        const key = names.key(expression);
        const given = key === undefined ? undefined : assigned(resources).get(key);
        pending.push(...(given?.map(({ right }) => right) ?? memberValues(resources, expression)));
        break;
      }
      case T.CallExpression: {
        const callee = unwrap(expression.callee);
        if (
          callee.type === T.MemberExpression &&
          memberName(callee) === "address" &&
          isServer(resources, callee.object)
        ) {
          servers.push(callee.object);
        }
        const body = isFunction(callee) ? callee : memberFunctionOf(names, callee);
        pending.push(...(body ? resultsOf(body) : []), ...expression.arguments);
        if (callee.type === T.MemberExpression) pending.push(callee.object);
        break;
      }
      case T.NewExpression:
        pending.push(...expression.arguments, ...resolvedIn(resources, expression));
        break;
      case T.Literal:
        leaves.push(expression);
        break;
      default:
        if (isFunction(expression)) break;
        pending.push(...partsOf(expression));
    }
  }
  return { servers, leaves };
}

function isServer(resources: Resources, node: TSESTree.Node): boolean {
  return resources.is(resources.of(node), "net.Server");
}

/** The operands of an expression. */
function partsOf(node: TSESTree.Node): TSESTree.Node[] {
  switch (node.type) {
    case T.TemplateLiteral:
      return node.expressions;
    case T.BinaryExpression:
    case T.LogicalExpression:
      return [node.left, node.right];
    case T.ConditionalExpression:
      return [node.consequent, node.alternate];
    case T.ArrayExpression:
      return node.elements.filter((one) => one !== null);
    case T.ObjectExpression:
      return node.properties.map((one) => (one.type === T.Property ? one.value : one.argument));
    case T.SpreadElement:
    case T.AwaitExpression:
    case T.UnaryExpression:
      return [node.argument];
    case T.AssignmentExpression:
      return [node.right];
    default:
      return [];
  }
}

/** What a promise is resolved with by its executor. */
function resolvedIn({ names }: Resources, node: TSESTree.NewExpression): TSESTree.Node[] {
  const [executor] = node.arguments;
  const [resolve] = isFunction(executor) ? executor.params : [];
  const variable = resolve && names.variable(resolve);
  return (variable?.references ?? []).flatMap(({ identifier }) => {
    const call = (identifier as TSESTree.Node).parent;
    return call?.type === T.CallExpression && call.callee === identifier ? call.arguments : [];
  });
}

/** What a variable was given: at its beginning, later, or as an argument. */
function valuesOf(resources: Resources, name: TSESTree.Identifier): TSESTree.Node[] {
  const { names } = resources;
  const variable = names.variable(name);
  if (!variable) return [];
  const written = variable.references.flatMap(({ writeExpr }) => (writeExpr ? [writeExpr] : []));
  const [definition] = variable.defs;
  const declared = definition?.node as TSESTree.Node | undefined;
  const parameters = isFunction(declared) ? declared.params : [];
  const index = parameters.findIndex((one) => contains(one, definition?.name as TSESTree.Node));
  const parameter = parameters[index];
  if (!isFunction(declared) || !parameter) return written;
  const calls = callsOf(names, declared) ?? memberCalls(resources, declared);
  const given = calls.flatMap((call) =>
    parameter.type === T.RestElement ? call.arguments.slice(index) : (call.arguments[index] ?? []),
  );
  return [...written, ...given];
}

/** The calls of a function that others may call as well: those of them that this file shows. */
function memberCalls(resources: Resources, node: FunctionNode): TSESTree.CallExpression[] {
  const uses = nameOf(resources.names, node)?.references.map(({ identifier }) => identifier);
  return (uses ?? memberUses(resources, node)?.uses ?? []).flatMap((use) => {
    const call = meaningfulParent(use);
    return call?.type === T.CallExpression && unwrap(call.callee) === use ? [call] : [];
  });
}

/** What a member of an object that is written out is; of any other object, what that is made of. */
function memberValues({ names }: Resources, member: TSESTree.MemberExpression): TSESTree.Node[] {
  const object = unwrap(member.object);
  const made = names.held(object);
  if (made?.type === T.ObjectExpression) {
    const name = memberName(member);
    return made.properties.flatMap((one) =>
      one.type === T.Property && propertyName(one.key, one.computed) === name ? [one.value] : [],
    );
  }
  return apiName(names, object) === "process" ? [] : [object];
}

type MemberAssignment = TSESTree.AssignmentExpression & { readonly left: TSESTree.MemberExpression };

/** What is assigned to members and fields, by their keys. */
const assigned = rememberedOfFile(({ names, file }) =>
  groupBy(findAll(file.ast, isMemberAssignment), ({ left }) => names.key(left)),
);

/** The assignments to `process.env`, by the names of the variables. */
export const environmentOf: (resources: Resources) => ReadonlyMap<string, readonly MemberAssignment[]> =
  rememberedOfFile(({ names, file }) =>
    groupBy(
      findAll(file.ast, isMemberAssignment).filter(({ left }) => apiName(names, left.object) === "process.env"),
      ({ left }) => memberName(left),
    ),
  );

function isMemberAssignment(node: TSESTree.Node): node is MemberAssignment {
  return node.type === T.AssignmentExpression && node.left.type === T.MemberExpression;
}
