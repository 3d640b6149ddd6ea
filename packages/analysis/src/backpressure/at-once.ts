import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { isFunction, propertyName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";

/**
 * Whether a writable of this file takes each chunk in the turn in which it is written: its `write` calls back before it
 * returns, so that nothing is ever kept in it, whatever `write()` says.
 */
export function takesAtOnce(resources: Resources, target: TSESTree.Node): boolean {
  const maker = resources.maker(target);
  if (maker?.type !== T.NewExpression || resources.is(resources.of(maker), "stream.Readable")) return false;
  const { names } = resources;
  const [options] = maker.arguments;
  const callee = unwrap(maker.callee);
  const declared = names.variable(callee)?.defs[0]?.node as TSESTree.Node | undefined;
  const write =
    declared?.type === T.ClassDeclaration
      ? declared.body.body.map((member) => valueOf(member, "_write")).find((value) => value)
      : options?.type === T.ObjectExpression
        ? options.properties.map((property) => valueOf(property, "write")).find((value) => value)
        : undefined;
  return isFunction(write) && callsBackAtOnce(resources, write);
}

function valueOf(member: TSESTree.ClassElement | TSESTree.ObjectLiteralElement, name: string): TSESTree.Node | null {
  const isNamed =
    (member.type === T.MethodDefinition || member.type === T.Property) &&
    propertyName(member.key, member.computed) === name;
  return isNamed ? member.value : null;
}

function callsBackAtOnce({ names }: Resources, { async, params, body }: FunctionNode): boolean {
  const callback = params[2] && names.variable(params[2]);
  if (async || !callback) return false;
  const isCall = (node: TSESTree.Node | null): boolean => {
    const call = node && unwrap(node);
    return call?.type === T.CallExpression && names.variable(unwrap(call.callee)) === callback;
  };
  if (body.type !== T.BlockStatement) return isCall(body);
  return body.body.some(
    (statement) =>
      (statement.type === T.ExpressionStatement && isCall(statement.expression)) ||
      (statement.type === T.ReturnStatement && isCall(statement.argument)),
  );
}
