import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { programOf } from "../source/program-files.ts";
import { memberName, propertyName, thisMember } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";

/** Whether all uses of a field are in its class: nobody else can see it, or does in this file. */
export function isOwnField(names: Names, body: TSESTree.ClassBody, name: string): boolean {
  return isPrivate(body, name) || isUnseen(names, body, name);
}

function isPrivate(body: TSESTree.ClassBody, name: string): boolean {
  if (name.startsWith("#")) return true;
  return body.body.some((member) => {
    if (member.type !== T.PropertyDefinition) return false;
    return member.accessibility === "private" && propertyName(member.key, member.computed) === name;
  });
}

/** A field of a class that is not exported, and of which nothing else in the file speaks. */
function isUnseen(names: Names, body: TSESTree.ClassBody, name: string): boolean {
  const { id, parent } = body.parent;
  const variable = id ? names.variable(id) : undefined;
  if (!variable || parent.type.startsWith("Export")) return false;
  if (variable.references.some(({ identifier }) => identifier.parent.type.startsWith("Export"))) return false;
  return findAll(programOf(body), (node): node is TSESTree.Node => speaksOf(node, name)).length === 0;
}

/** Whether a node reaches a member of that name of something else than `this`. */
function speaksOf(node: TSESTree.Node, name: string): boolean {
  if (node.type === T.MemberExpression) return memberName(node) === name && thisMember(node) !== name;
  if (node.type !== T.ObjectPattern) return false;
  return node.properties.some((one) => one.type === T.Property && propertyName(one.key, one.computed) === name);
}
