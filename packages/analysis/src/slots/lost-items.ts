import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import { reaches } from "../flow/queries.ts";
import { isLog } from "../polls/work.ts";
import { isSleep } from "../polls/sleep.ts";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { groupBy } from "../source/occurrences.ts";
import { contains, isCall, isFunction, isNothing, meaningfulParent, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";
import { accountOf, comparisonsIn, isFilled } from "./accounts.ts";
import type { Account } from "./accounts.ts";
import { mentionOf } from "./mention.ts";
import type { Mention } from "./mention.ts";
import { putsIn, takesIn } from "./takes.ts";
import type { Put, Take } from "./takes.ts";

/** An item of a pool that was taken out, and is dropped where a check of it fails. */
export interface LostItem {
  /** The check. */
  readonly node: TSESTree.Node;
  readonly take: Take;
  /** Where others put such items back. */
  readonly putBack: TSESTree.Node;
  /** Whether it is lost where the check throws, not where it is not passed. */
  readonly throws: boolean;
  /** Whether the items are counted, so that another one can be made instead of one that is counted out. */
  readonly isCounted: boolean;
}

export function findLostItems({ names, file }: Resources): LostItem[] {
  const puts = groupBy(putsIn(names, file.ast), ({ key }) => key);
  const takes = takesIn(names, file.ast).filter(({ key }) => puts.has(key));
  if (takes.length === 0) return [];
  const comparisons = comparisonsIn(names, file.ast);
  return takes.flatMap((take): LostItem[] => {
    const putBack = puts.get(take.key)?.find((put) => isPutBack(names, put, take));
    if (!putBack) return [];
    const account = accountOf(names, file.ast, comparisons, take);
    // What puts its own items back may also be a walk: only a limit makes a pool of it.
    const isAllThereIs = putBack.owner !== take.owner && isFilled(names, file.ast, take.key) && waits(take);
    if (!account && !isAllThereIs) return [];
    const loss = lostAt(names, take, account);
    return loss ? [{ ...loss, take, putBack: putBack.node, isCounted: account !== undefined }] : [];
  });
}

/** `release(item) { idle.push(item); }`: it is given back by who had it, in another function than the one that takes. */
function isPutBack(names: Names, { value, owner }: Put, take: Take): boolean {
  if (owner === take.owner) return names.variable(value) === take.item;
  if (!owner || contains(take.owner, owner)) return false;
  const isGiven = (node: TSESTree.Node): boolean => {
    const expression = unwrap(node);
    if (expression.type === T.MemberExpression) return isGiven(expression.object);
    const variable = names.variable(expression);
    return (variable?.defs[0]?.type as string | undefined) === "Parameter";
  };
  const put = unwrap(value);
  // What has its number takes its place: `idle.push({ id: item.id })`.
  if (put.type !== T.ObjectExpression) return put.type === T.Identifier && isGiven(put);
  return put.properties.some((one) =>
    one.type === T.Property
      ? unwrap(one.value).type === T.MemberExpression && isGiven(one.value)
      : isGiven(one.argument),
  );
}

/** Whether who finds nothing waits until something is put back. */
function waits({ owner }: Take): boolean {
  const isWait = (node: TSESTree.Node): node is TSESTree.Node =>
    node.type === T.AwaitExpression ||
    (node.type === T.NewExpression && node.callee.type === T.Identifier && node.callee.name === "Promise");
  return findAll(owner, isWait).length > 0;
}

/** The check after whose failure nothing is done with the item any more. */
function lostAt(names: Names, take: Take, account: Account | undefined): Pick<LostItem, "node" | "throws"> | undefined {
  const { owner, item } = take;
  const references = item.references.filter((one) => one.isRead()).map(({ identifier }) => identifier as TSESTree.Node);
  // A closure may do anything with it, at any time.
  if (references.some((one) => ownerOf(one) !== owner)) return undefined;
  const mentions = references.filter((one) => !contains(take.node, one)).map((one) => mentionOf(names, one));
  const stepsOf = (nodes: readonly TSESTree.Node[]): Set<Step> =>
    new Set(nodes.flatMap((node) => [...stepsAt(owner, node)]));
  const handed = mentions.filter(({ kind }) => kind === "use").map(({ node }) => statementOf(node));
  const taken = stepsOf([take.node]);
  const hands = stepsOf(handed);
  // Before the next one is taken.
  const comesTo = (from: Iterable<Step>, places: ReadonlySet<Step>): boolean =>
    reaches(from, (step) => places.has(step), { through: (step) => !taken.has(step) });
  const acts = mentions.filter(({ kind }) => kind === "act");
  const checking = acts.filter(({ node }) => comesTo(stepsAt(owner, node), hands));
  const ended = acts.filter((act) => !checking.includes(act)).map(({ node }) => statementOf(node));
  const deeds = [...handed, ...ended, ...othersIn(names, take, mentions, account)];
  // `if (item) destroy(item)`: without one nothing has to be done.
  const guards = mentions.flatMap(({ kind, node }) => {
    const choice = node.parent;
    if (kind !== "present" || choice?.type !== T.IfStatement || choice.alternate) return [];
    if (contains(choice, take.node) || !deeds.some((deed) => contains(choice, deed))) return [];
    return mentions.some((one) => one.kind === "check" && contains(choice, one.node)) ? [] : [node];
  });
  const stops = stepsOf([...deeds, ...guards]);
  const ends = stepsOf([...handed, ...ended]);
  const through = (step: Step): boolean => !stops.has(step);
  // The next turn of `for…of` has another item.
  const isTaken = (node: TSESTree.Node): boolean => {
    const at = new Set(stepsAt(owner, node));
    return reaches(taken, (step) => at.has(step), { through: (step) => step.kind !== "iterate" });
  };
  const path = codePathOf(owner);
  const isEnd = (step: Step): boolean => taken.has(step) || step === path.exit || step.node.type === T.ThrowStatement;
  for (const { node } of mentions.filter((one) => one.kind === "check" && isTaken(one.node))) {
    const from = stepsAt(owner, node);
    if (comesTo(from, ends) && reaches(from, isEnd, { through })) return { node, throws: false };
  }
  // What is not the last that is done with it may fail before that.
  const isFollowed = (node: TSESTree.Node): boolean => {
    const others = acts.filter((act) => act.node !== node).map((act) => act.node);
    return comesTo(stepsAt(owner, node), new Set([...hands, ...stepsOf(others)]));
  };
  for (const { node } of acts.filter((act) => isFollowed(act.node) && isTaken(act.node))) {
    const caught = stepsAt(owner, node)
      .flatMap(({ raises }) => raises)
      .filter(through);
    if (caught.some(isEnd) || reaches(caught, isEnd, { through })) return { node, throws: true };
  }
  return undefined;
}

function statementOf(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  while (
    current.parent &&
    !current.type.endsWith("Statement") &&
    current.type !== T.VariableDeclaration &&
    !isFunction(current.parent)
  ) {
    current = current.parent;
  }
  return current;
}

/** What else may keep the account: any call that is made for its effect, a number that is lowered, a new item instead. */
function othersIn(
  names: Names,
  take: Take,
  mentions: readonly Mention[],
  account: Account | undefined,
): TSESTree.Node[] {
  const isOther = (node: TSESTree.Node): node is TSESTree.Node => {
    switch (node.type) {
      case T.UpdateExpression:
        return node.operator === "--";
      case T.AssignmentExpression:
        return node.operator === "-=" || (node.operator === "=" && !contains(node, take.node));
      case T.ReturnStatement:
        return node.argument !== null && isReplacement(names, node.argument, account, take);
      case T.CallExpression: {
        if (node === take.node || isLog(names, node)) return false;
        const parent = meaningfulParent(node);
        const place = parent?.type === T.AwaitExpression ? meaningfulParent(parent) : parent;
        const isIgnored = place?.type === T.UnaryExpression && place.operator === "void";
        if (place?.type !== T.ExpressionStatement && !isIgnored) return false;
        return !isSleep(names, node) && !mentions.some((one) => contains(node, one.node) || contains(one.node, node));
      }
      default:
        return false;
    }
  };
  // Who calls what may be absent has done all there is to do: `this.onLost?.()`.
  return findAll(take.owner, isOther)
    .filter((node) => ownerOf(node) === take.owner)
    .map((node) => (node.parent?.type === T.ChainExpression ? node.parent : node));
}

/** Something else is given instead, for which nothing is counted. */
function isReplacement(names: Names, node: TSESTree.Node, account: Account | undefined, take: Take): boolean {
  const value = unwrap(node);
  if (value.type === T.AwaitExpression) return isReplacement(names, value.argument, account, take);
  if (isNothing(value)) return false;
  const calls = findAll(value, isCall);
  if (calls.length === 0 && value.type !== T.NewExpression && value.type !== T.Identifier) return false;
  if (value.type === T.NewExpression && value.callee.type === T.Identifier && value.callee.name === "Promise")
    return false;
  const isCounted = (body: TSESTree.Node): boolean => account?.increments.some((one) => contains(body, one)) === true;
  const bodies = calls.flatMap((call) => memberFunctionOf(names, call.callee) ?? []);
  return ![take.owner, ...bodies].some(isCounted) && !bodies.includes(take.owner);
}
