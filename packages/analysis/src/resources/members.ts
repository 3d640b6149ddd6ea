import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import type { SourceFile } from "../source/source-file.ts";
import { enclosingClass, memberName, propertyName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";

type Members = ReadonlyMap<string, readonly TSESTree.MemberExpression[]>;

const known = new WeakMap<TSESTree.Program, Members>();

/** The members of which a file speaks, by their names. */
function membersIn({ ast }: SourceFile): Members {
  let members = known.get(ast);
  if (!members) {
    const isMember = (node: TSESTree.Node): node is TSESTree.MemberExpression => node.type === T.MemberExpression;
    const byName = new Map<string, TSESTree.MemberExpression[]>();
    for (const member of findAll(ast, isMember)) {
      const name = memberName(member);
      const same = name === undefined ? undefined : byName.get(name);
      if (same) same.push(member);
      else if (name !== undefined) byName.set(name, [member]);
    }
    members = byName;
    known.set(ast, members);
  }
  return members;
}

/**
 * Where a method of a class or of an object literal is spoken of in its file: `this.handle`, `server.handle` of a local
 * instance; undefined for a function that is none.
 */
export function memberUsesOf(
  file: SourceFile,
  names: Names,
  { parent }: FunctionNode,
): TSESTree.MemberExpression[] | undefined {
  const isMember =
    parent.type === T.MethodDefinition || parent.type === T.PropertyDefinition || parent.type === T.Property;
  const name = isMember ? propertyName(parent.key, parent.computed) : undefined;
  if (!isMember || name === undefined) return undefined;
  const same = membersIn(file).get(name) ?? [];
  return same.filter((member) => isOwner(names, member.object, parent.parent));
}

/** Whether an expression is an object with the members of a class body or an object literal. */
function isOwner(names: Names, object: TSESTree.Node, owner: TSESTree.Node | undefined): boolean {
  const expression = unwrap(object);
  if (expression.type === T.ThisExpression) return enclosingClass(expression)?.body === owner;
  if (expression.type !== T.Identifier) return false;
  const variable = names.variable(expression);
  const value = variable && names.initial(variable);
  if (!value || value.path.length > 0) return false;
  const made = unwrap(value.value);
  if (made === owner) return true;
  if (made.type !== T.NewExpression || made.callee.type !== T.Identifier) return false;
  const declared = names.variable(made.callee)?.defs[0]?.node as TSESTree.Node | undefined;
  return declared?.type === T.ClassDeclaration && declared.body === owner;
}
