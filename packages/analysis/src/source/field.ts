import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { enclosingClass, thisMember, propertyName } from "./syntax.ts";
import { walk } from "./walk.ts";

/** A field of a class: its annotation, and everything that the class puts into it. */
export interface Field {
  readonly annotation: TSESTree.TypeNode | undefined;
  readonly values: readonly TSESTree.Expression[];
}

const fields = new WeakMap<TSESTree.ClassBody, Map<string, Field>>();

/** The field of that name, `#` included where it is private. */
export function fieldOf(body: TSESTree.ClassBody, name: string): Field | undefined {
  let all = fields.get(body);
  if (!all) {
    all = collect(body);
    fields.set(body, all);
  }
  return all.get(name);
}

/** The field that `this.pool` is in its class: an empty one where the class declares none; undefined for anything else. */
export function ownField(node: TSESTree.Node): Field | undefined {
  const name = node.type === T.MemberExpression ? thisMember(node) : undefined;
  if (name === undefined) return undefined;
  const body = enclosingClass(node)?.body;
  return body && (fieldOf(body, name) ?? { annotation: undefined, values: [] });
}

/** The only value that its class puts into the field that `this.pool` is. */
export function ownValue(node: TSESTree.Node): TSESTree.Expression | undefined {
  const [value, ...others] = ownField(node)?.values ?? [];
  return others.length === 0 ? value : undefined;
}

function collect(body: TSESTree.ClassBody): Map<string, Field> {
  const found = new Map<string, { annotation: TSESTree.TypeNode | undefined; values: TSESTree.Expression[] }>();
  const at = (name: string): { annotation: TSESTree.TypeNode | undefined; values: TSESTree.Expression[] } => {
    const field = found.get(name) ?? { annotation: undefined, values: [] };
    found.set(name, field);
    return field;
  };
  walk(body, (node) => {
    if (node.type === T.PropertyDefinition && node.parent === body) {
      const name = propertyName(node.key, node.computed);
      if (name === undefined) return;
      const field = at(name);
      field.annotation ??= node.typeAnnotation?.typeAnnotation;
      if (node.value) field.values.push(node.value);
    } else if (node.type === T.TSParameterProperty && node.parent.parent.parent === body) {
      const { parameter } = node;
      const target: TSESTree.Node = parameter.type === T.AssignmentPattern ? parameter.left : parameter;
      if (target.type !== T.Identifier) return;
      const field = at(target.name);
      field.annotation ??= target.typeAnnotation?.typeAnnotation;
      field.values.push(target);
    } else if (node.type === T.AssignmentExpression && node.left.type === T.MemberExpression) {
      const name = thisMember(node.left);
      if (name !== undefined) at(name).values.push(node.right);
    }
  });
  return found;
}
