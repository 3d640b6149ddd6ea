import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { enclosingClass, isFunction, memberName, propertyName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { classOf, classOfInstance } from "../uses/classes.ts";
import type { ClassNode } from "../uses/classes.ts";

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** A function of this file that a call runs, and what the thing of a key is called in there. */
export interface Callee {
  readonly body: FunctionNode;
  readonly key: string | undefined;
}

/** The function of this file that a call runs; undefined where it is none. */
export function calleeOf(resources: Resources, call: Call, key: string): Callee | undefined {
  const callee = unwrap(call.callee);
  if (call.type === T.NewExpression) {
    const made = classOf(resources, callee);
    const body = made && methodOf(made, "constructor");
    return (
      made && body && { body, key: parameterKey(resources, body, call, key) ?? thisOf(resources, call, made, key) }
    );
  }
  if (callee.type === T.MemberExpression) {
    const name = memberName(callee);
    const receiver = resources.names.key(callee.object);
    const owner =
      callee.object.type === T.ThisExpression ? enclosingClass(callee) : classOfInstance(resources, callee.object);
    const body = owner && name !== undefined ? methodOf(owner, name) : undefined;
    if (!owner || !body) return undefined;
    const inside = receiver !== undefined && (key === receiver || key.startsWith(`${receiver}.`));
    return {
      body,
      key: inside ? thisKeyOf(owner) + key.slice(receiver.length) : (parameterKey(resources, body, call, key) ?? key),
    };
  }
  const body = isFunction(callee) ? callee : namedFunction(resources, callee);
  return body && { body, key: parameterKey(resources, body, call, key) ?? key };
}

/** The function that an expression is, or that its name stands for. */
export function functionOf(resources: Resources, node: TSESTree.Node | undefined): FunctionNode | undefined {
  if (!node) return undefined;
  const expression = unwrap(node);
  return isFunction(expression) ? expression : namedFunction(resources, expression);
}

function namedFunction({ names }: Resources, node: TSESTree.Node): FunctionNode | undefined {
  const variable = names.variable(node);
  if (!variable) return undefined;
  const declared = variable.defs[0]?.node as TSESTree.Node | undefined;
  if (declared?.type === T.FunctionDeclaration) return declared;
  const value = names.held(node);
  return isFunction(value) ? value : undefined;
}

function methodOf({ body }: ClassNode, name: string): FunctionNode | undefined {
  for (const member of body.body) {
    if (member.type !== T.MethodDefinition && member.type !== T.PropertyDefinition) continue;
    if (propertyName(member.key, member.computed) !== name) continue;
    return isFunction(member.value) ? member.value : undefined;
  }
  return undefined;
}

/** How `this` of a class is written as a key: see the names of a file. */
export function thisKeyOf({ body }: ClassNode): string {
  return `this@${String(body.range[0])}`;
}

function thisOf({ names }: Resources, call: Call, made: ClassNode, key: string): string | undefined {
  const { parent } = call;
  const name =
    parent.type === T.VariableDeclarator ? parent.id : parent.type === T.AssignmentExpression ? parent.left : undefined;
  return name && names.key(name) === key ? thisKeyOf(made) : undefined;
}

function parameterKey({ names }: Resources, body: FunctionNode, call: Call, key: string): string | undefined {
  for (const [index, argument] of call.arguments.entries()) {
    const parameter = body.params[index];
    const own = parameter?.type === T.Identifier ? names.key(argument) : undefined;
    if (parameter && own !== undefined && (key === own || key.startsWith(`${own}.`))) {
      const inner = names.key(parameter);
      return inner === undefined ? undefined : inner + key.slice(own.length);
    }
  }
  return undefined;
}
