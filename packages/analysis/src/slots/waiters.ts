import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import { reaches } from "../flow/queries.ts";
import { isLog } from "../polls/work.ts";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { isRace } from "../source/promise.ts";
import { contains, isCall, isFunction, literalText, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";
import { mentionOf } from "./mention.ts";
import { PUT, putsIn, takesIn } from "./takes.ts";
import type { Put, Take } from "./takes.ts";

/** A waiter to whom a slot goes that nobody receives there. */
export interface LostWaiter {
  /** `skipped`: the check after which the slot is not passed on; `dead`: what gives up and leaves the waiter in the queue. */
  readonly kind: "dead" | "skipped";
  readonly node: TSESTree.Node;
  /** Where the next waiter is taken from the queue. */
  readonly take: Take;
}

/** A promise that waits in a queue. */
interface Waiting {
  readonly put: Put;
  readonly executor: FunctionNode;
  /** The variable that holds what was put into the queue, if there is one. */
  readonly entry: Scope.Variable | undefined;
}

export function findLostWaiters({ names, file }: Resources): LostWaiter[] {
  const waiting = putsIn(names, file.ast).flatMap((put) => waitingAt(names, put) ?? []);
  if (waiting.length === 0) return [];
  return takesIn(names, file.ast).flatMap((take): LostWaiter[] => {
    const queued = waiting.filter(({ put, executor }) => put.key === take.key && !contains(executor, take.node));
    if (queued.length === 0 || !accounts(names, take)) return [];
    const mentions = take.item.references
      .filter((one) => one.isRead())
      .map(({ identifier }) => mentionOf(names, identifier as TSESTree.Node));
    const checks = mentions.filter(({ kind }) => kind === "check");
    const skipped = checks.find(({ node }) => isSkipped(names, take, node));
    if (skipped) return [{ kind: "skipped", node: skipped.node, take }];
    if (checks.length > 0 || !mentions.some(({ kind }) => kind === "act")) return [];
    return queued.flatMap((one) => givingUp(names, one).map((node): LostWaiter => ({ kind: "dead", node, take })));
  });
}

/** `new Promise((resolve, reject) => waiters.push({ resolve, reject }))`. */
function waitingAt(names: Names, put: Put): Waiting | undefined {
  const executor = put.owner;
  if (!executor || !isFunction(executor)) return undefined;
  const made = meaningfulParent(executor);
  const [resolve] = executor.params;
  if (made?.type !== T.NewExpression || !resolve || names.origin(made.callee)?.path.join(".") !== "Promise")
    return undefined;
  const value = unwrap(put.value);
  const variable = names.variable(value);
  const entry = names.held(value) ?? value;
  const isResolve = (node: TSESTree.Node): boolean => names.key(node) === names.key(resolve);
  const isPlain =
    isResolve(entry) ||
    (entry.type === T.ObjectExpression &&
      entry.properties.some((one) => one.type === T.Property && isResolve(one.value)));
  return isPlain ? { put, executor, entry: entry === value ? undefined : variable } : undefined;
}

/** Whether the slot is kept where nobody waits: it is put back, or counted as free. */
function accounts(names: Names, take: Take): boolean {
  const isKept = (node: TSESTree.Node): node is TSESTree.Node => {
    if (node.type === T.UpdateExpression) return true;
    if (node.type === T.AssignmentExpression) return node.operator !== "=" || unwrap(node.right).type === T.Literal;
    const callee = node.type === T.CallExpression ? unwrap(node.callee) : undefined;
    return callee?.type === T.MemberExpression && names.key(callee.object) !== take.key && PUT.has(memberName(callee));
  };
  return findAll(take.owner, isKept).some((node) => ownerOf(node) === take.owner);
}

/** Whether control leaves after the check with nothing done: no other waiter, nothing put back, nothing counted. */
function isSkipped(names: Names, take: Take, check: TSESTree.Node): boolean {
  const { owner } = take;
  if (ownerOf(check) !== owner) return false;
  const isDeed = (node: TSESTree.Node): node is TSESTree.Node => {
    if (contains(check, node) && node !== take.node) return false;
    if (node.type === T.CallExpression) return !isLog(names, node);
    return node.type === T.UpdateExpression || (node.type === T.AssignmentExpression && !contains(node, take.node));
  };
  const deeds = findAll(owner, isDeed).filter((node) => ownerOf(node) === owner);
  const stops = new Set<Step>(deeds.flatMap((node) => [...stepsAt(owner, node)]));
  const { exit } = codePathOf(owner);
  const from = stepsAt(owner, check);
  const through = (step: Step): boolean => !stops.has(step);
  // What was counted before the check as given to the waiter, or as free, is another way to keep the account.
  const at = new Set(from);
  const before = deeds.filter(
    (node) => node.type !== T.CallExpression && reaches(stepsAt(owner, node), (step) => at.has(step)),
  );
  return (
    before.length === 0 &&
    reaches(from, (step) => stops.has(step)) &&
    reaches(from, (step) => step === exit, { through })
  );
}

/** What ends the wait and leaves its entry in the queue: timers and signals that reject, races. */
function givingUp(names: Names, { put, executor, entry }: Waiting): TSESTree.Node[] {
  const made = meaningfulParent(executor);
  const list = made && meaningfulParent(made);
  const race = list?.type === T.ArrayExpression ? meaningfulParent(list) : undefined;
  if (race?.type === T.CallExpression && isRace(names, race)) return [race];
  const settlers = new Set(executor.params.map((one) => names.key(one)));
  return findAll(executor, isCall).filter((call) => {
    const callback = callbackOf(names, call);
    if (!callback) return false;
    const body = memberFunctionOf(names, callback);
    const speaksOf = (key: string | undefined): boolean =>
      key !== undefined && findAll(body ?? callback, isName).some((node) => names.key(node) === key);
    if (![...settlers].some(speaksOf) || speaksOf(put.key)) return false;
    if (entry && findAll(body ?? callback, isName).some((node) => names.variable(node) === entry)) return false;
    return !findAll(body ?? callback, isCall).some(({ callee }) => {
      const called = memberFunctionOf(names, callee);
      return called !== undefined && findAll(called, isName).some((node) => names.key(node) === put.key);
    });
  });
}

const LISTENS: ReadonlySet<string | undefined> = new Set(["addEventListener", "on", "once"]);

/** The function that a timer or an abort calls. */
function callbackOf(names: Names, call: TSESTree.CallExpression): TSESTree.Node | undefined {
  const [first, second] = call.arguments;
  if (names.origin(call.callee)?.path.at(-1) === "setTimeout") return first;
  return LISTENS.has(memberName(unwrap(call.callee))) && first && literalText(first) === "abort" ? second : undefined;
}

function isName(node: TSESTree.Node): node is TSESTree.Identifier | TSESTree.MemberExpression {
  return node.type === T.Identifier || node.type === T.MemberExpression;
}
