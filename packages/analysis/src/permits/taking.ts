import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { CallModel } from "../models/resource.ts";
import { heldDuring } from "../resources/during.ts";
import type { Resources } from "../resources/resources.ts";
import { fieldOf } from "../source/field.ts";
import { enclosingClass, thisMember, unwrap } from "../source/syntax.ts";

export type TakingNode = TSESTree.CallExpression | TSESTree.TaggedTemplateExpression;

/** A call that takes one of few, or waits until nobody has one any more. */
export interface Taking {
  readonly resources: Resources;
  readonly node: TakingNode;
  readonly model: CallModel;
  /** What lends: a pool, a limiter, a lock. */
  readonly lender: TSESTree.Node;
}

const known = new WeakMap<Resources, Map<TSESTree.Node, Taking | undefined>>();

export function takingOf(resources: Resources, node: TSESTree.Node): Taking | undefined {
  if (node.type !== T.CallExpression && node.type !== T.TaggedTemplateExpression) return undefined;
  const all = known.get(resources) ?? new Map<TSESTree.Node, Taking | undefined>();
  known.set(resources, all);
  if (!all.has(node)) all.set(node, describe(resources, node));
  return all.get(node);
}

function describe(resources: Resources, node: TakingNode): Taking | undefined {
  const model = resources.call(node);
  if (!model || (model.acquires === undefined && model.idle === undefined)) return undefined;
  const callee = unwrap(node.type === T.CallExpression ? node.callee : node.tag);
  const isMethod = callee.type === T.MemberExpression && resources.of(callee) === undefined;
  const lender = lenderOf(resources, isMethod ? callee.object : callee, 0);
  return lender && { resources, node, model, lender };
}

/** The function during which it is held, as it is given to the call. */
export function heldFunction({ resources, node, model }: Taking): TSESTree.Node | undefined {
  return node.type === T.CallExpression && model.acquires ? heldDuring(resources.names, node, model) : undefined;
}

// A repository of a manager of a data source.
const MAX_HANDLES = 6;

/** What lends to a thing that only uses what another one lends: `dataSource.getRepository(User)` → `dataSource`. */
function lenderOf(resources: Resources, node: TSESTree.Node, depth: number): TSESTree.Node | undefined {
  const expression = unwrap(node);
  if (!resources.shares(resources.of(expression))) return expression;
  const from = depth < MAX_HANDLES ? giverOf(resources, expression) : undefined;
  return from && lenderOf(resources, from, depth + 1);
}

function giverOf({ names, of }: Resources, expression: TSESTree.Node): TSESTree.Node | undefined {
  switch (expression.type) {
    case T.AwaitExpression:
      return expression.argument;
    case T.CallExpression: {
      const callee = unwrap(expression.callee);
      return callee.type === T.MemberExpression && of(callee) === undefined ? callee.object : callee;
    }
    case T.TaggedTemplateExpression:
      return expression.tag;
    case T.MemberExpression: {
      const name = thisMember(expression);
      const body = name === undefined ? undefined : enclosingClass(expression)?.body;
      if (!body || name === undefined) return expression.object;
      const values = fieldOf(body, name)?.values ?? [];
      return values.length === 1 ? values[0] : undefined;
    }
    case T.Identifier: {
      const variable = names.variable(expression);
      const start = variable && names.initial(variable);
      return start?.path.length === 0 || start?.path.length === 1 ? start.value : undefined;
    }
    default:
      return undefined;
  }
}
