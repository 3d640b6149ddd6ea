import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Resources } from "../resources/resources.ts";
import { isFunction, memberName, propertyValue, unwrap } from "../source/syntax.ts";
import { holdsIn } from "./holds.ts";
import type { Hold } from "./holds.ts";
import { isHeldAt } from "./region.ts";
import { workOf } from "./work.ts";

/** A query that is given a transaction where it does not look for it. */
export interface MisplacedTransaction {
  readonly call: TSESTree.CallExpression;
  readonly hold: Hold;
  /** The option by which the transaction is given. */
  readonly option: string;
  /** The arguments, counted from 0, in which it is given, and in which it is looked for. */
  readonly given: number;
  readonly right: number;
}

/** Queries of a file that take a connection of their own within a transaction, since they do not see it. */
export function findMisplacedTransactions(resources: Resources): MisplacedTransaction[] {
  return holdsIn(resources).flatMap((hold) => {
    const variable = hold.inner === resources ? heldBy(hold) : undefined;
    if (!variable) return [];
    return workOf(resources, hold.owner)
      .filter((work) => isHeldAt(hold, work))
      .flatMap(({ node }) => (node.type === T.CallExpression ? (misplaced(hold, node, variable) ?? []) : []));
  });
}

/** By what name the transaction is known. */
function heldBy({ inner, owner, lease }: Hold): Scope.Variable | undefined {
  const [parameter] = isFunction(owner) ? owner.params : [];
  const value = lease?.value ?? (lease ? undefined : parameter);
  const name = value?.parent?.type === T.VariableDeclarator ? value.parent.id : value;
  return name && inner.names.variable(name);
}

function misplaced(
  hold: Hold,
  call: TSESTree.CallExpression,
  variable: Scope.Variable,
): MisplacedTransaction | undefined {
  const { inner: resources } = hold;
  const callee = unwrap(call.callee);
  if (callee.type !== T.MemberExpression || resources.call(call)?.acquires === undefined) return undefined;
  const joins = resources.method(resources.of(callee.object), memberName(callee) ?? "")?.joins;
  const option = joins?.property;
  if (!joins || option === undefined) return undefined;
  const given = call.arguments.findIndex((argument) => isGiven(resources, argument, option, variable));
  return given < 0 || given === joins.argument ? undefined : { call, hold, option, given, right: joins.argument };
}

function isGiven(resources: Resources, argument: TSESTree.Node, option: string, variable: Scope.Variable): boolean {
  const given = propertyValue(unwrap(argument), option);
  return given !== undefined && resources.names.variable(unwrap(given)) === variable;
}
