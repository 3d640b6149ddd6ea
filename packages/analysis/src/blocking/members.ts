import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { membersNamed } from "../source/occurrences.ts";
import { enclosingClass, meaningfulParent, propertyName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { classOfInstance } from "../uses/classes.ts";

/** Where a file speaks of a method. */
export interface MemberUses {
  readonly uses: readonly TSESTree.Node[];
  /** Others may call it as well. */
  readonly isOpen: boolean;
}

/** The uses of a function that is a member of a class or an object, by its name; undefined for any other function. */
export function memberUses(resources: Resources, node: FunctionNode): MemberUses | undefined {
  const member = meaningfulParent(node);
  const isPart =
    member?.type === T.MethodDefinition || member?.type === T.Property || member?.type === T.PropertyDefinition;
  if (!isPart) return undefined;
  const name = propertyName(member.key, member.computed);
  const isAccessor = "kind" in member && (member.kind === "get" || member.kind === "set");
  if (name === undefined || isAccessor) return { uses: [], isOpen: true };
  const body = member.parent;
  const isPublic = body.type === T.ClassBody && isHandedOn(resources, body);
  if (member.type === T.MethodDefinition && member.kind === "constructor") {
    return { uses: body.type === T.ClassBody ? creations(resources, body) : [], isOpen: isPublic };
  }
  const uses = membersNamed(resources.file.ast, name).filter((use) => !isOfAnother(resources, use.object, body));
  const isPrivate = name.startsWith("#") || ("accessibility" in member && member.accessibility === "private");
  return { uses, isOpen: uses.length === 0 || (isPublic && !isPrivate) };
}

/** Whether a thing is certainly of another class of this file: made of it, or `this` within it. */
function isOfAnother(resources: Resources, object: TSESTree.Node, body: TSESTree.Node): boolean {
  const expression = unwrap(object);
  const owner =
    expression.type === T.ThisExpression ? enclosingClass(expression) : classOfInstance(resources, expression);
  return owner !== undefined && !owner.superClass && owner.body !== body;
}

function creations({ names }: Resources, body: TSESTree.ClassBody): TSESTree.Node[] {
  const { id } = body.parent;
  const references = id ? (names.variable(id)?.references ?? []) : [];
  return references.map(({ identifier }) => identifier as TSESTree.Node).filter(isCreated);
}

function isCreated(name: TSESTree.Node): boolean {
  return name.parent?.type === T.NewExpression && name.parent.callee === name;
}

/** Whether a class is exported, extended or given to somebody. */
function isHandedOn({ names }: Resources, body: TSESTree.ClassBody): boolean {
  const { id, parent } = body.parent;
  if (parent.type.startsWith("Export") || !id) return true;
  return (names.variable(id)?.references ?? []).some(({ identifier }) => {
    const use = identifier as TSESTree.Node;
    const isOwn = use.parent?.type === T.MemberExpression;
    return !isCreated(use) && !isOwn && use.parent?.type.startsWith("TS") !== true;
  });
}
