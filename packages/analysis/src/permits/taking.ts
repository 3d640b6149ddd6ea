import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { CallModel } from "../models/resource.ts";
import { heldDuring } from "../resources/during.ts";
import { mayMean } from "../resources/may-mean.ts";
import { remembered } from "../resources/remembered.ts";
import type { Resources } from "../resources/resources.ts";
import { memberName, unwrap } from "../source/syntax.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { lenderOf } from "./lender.ts";
import { serializersIn } from "./serializers.ts";

export type TakingNode = TSESTree.CallExpression | TSESTree.TaggedTemplateExpression;

/** A call that takes one of few, or waits until nobody has one any more. */
export interface Taking {
  readonly resources: Resources;
  readonly node: TakingNode;
  readonly model: CallModel;
  /** What lends: a pool, a limiter, a lock. */
  readonly lender: TSESTree.Node;
  /** Which of the locks of its own, where it is a class of the file that has them. */
  readonly field?: string | undefined;
}

export function takingOf(resources: Resources, node: TSESTree.Node): Taking | undefined {
  const isOne = node.type === T.CallExpression || node.type === T.TaggedTemplateExpression;
  return isOne ? described(resources, node) : undefined;
}

const described = remembered(describe);

function describe(resources: Resources, node: TakingNode): Taking | undefined {
  const model = mayMean(resources, node, "acquires", "idle") ? resources.call(node) : undefined;
  if (!model) return ownLock(resources, node);
  if (model.acquires === undefined && model.idle === undefined) return undefined;
  const callee = unwrap(node.type === T.CallExpression ? node.callee : node.tag);
  const isMethod = callee.type === T.MemberExpression && resources.of(callee) === undefined;
  const lender = lenderOf(resources, isMethod ? callee.object : callee);
  return lender && { resources, node, model, lender };
}

/** `this.locked(async () => { … })`, of a function of the file that runs what it is given one after the other. */
function ownLock(resources: Resources, node: TakingNode): Taking | undefined {
  const serializers = serializersIn(resources);
  if (serializers.size === 0 || node.type !== T.CallExpression) return undefined;
  const callee = unwrap(node.callee);
  const called = memberFunctionOf(resources.names, callee);
  const serializer = called && serializers.get(called);
  if (!serializer) return undefined;
  const { index, tail } = serializer;
  const model: CallModel = { acquires: "lock", during: index };
  if (tail.type !== T.MemberExpression) return { resources, node, model, lender: tail };
  return callee.type === T.MemberExpression
    ? { resources, node, model, lender: callee.object, field: memberName(tail) }
    : undefined;
}

/** The function during which it is held, as it is given to the call. */
export function heldFunction({ resources, node, model }: Taking): TSESTree.Node | undefined {
  return node.type === T.CallExpression && model.acquires ? heldDuring(resources.names, node, model) : undefined;
}
