import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { memberName, propertyName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { memberFunctionOf } from "../uses/callee.ts";

/** A call that makes a function run again and again, whether or not the run before has ended. */
export interface RepeatedRun {
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly callback: FunctionNode;
  readonly by: "interval" | "schedule";
}

interface Scheduler {
  readonly by: RepeatedRun["by"];
  /** An option that keeps runs from overlapping. */
  readonly guard?: string;
}

const schedule = (guard?: string): Scheduler => ({ by: "schedule", ...(guard === undefined ? {} : { guard }) });

/** By module and the last name of the export. */
const SCHEDULERS: Readonly<Record<string, Scheduler>> = {
  "global:setInterval": { by: "interval" },
  "timers:setInterval": { by: "interval" },
  "node-cron:schedule": schedule("noOverlap"),
  "node-cron:createTask": schedule("noOverlap"),
  "cron:CronJob": schedule("waitForCompletion"),
  "cron:from": schedule("waitForCompletion"),
  "node-schedule:scheduleJob": schedule(),
  "croner:Cron": schedule("protect"),
  "croner:default": schedule("protect"),
};

/** How a call repeats a function of this file; undefined where it does not, or keeps the runs apart by itself. */
export function repeatedRunOf(names: Names, node: TSESTree.Node): RepeatedRun | undefined {
  if (node.type !== T.CallExpression && node.type !== T.NewExpression) return undefined;
  const origin = names.origin(node.callee);
  const name = `${origin?.module ?? ""}:${origin?.path.at(-1) ?? ""}`;
  const scheduler = origin && Object.hasOwn(SCHEDULERS, name) ? SCHEDULERS[name] : undefined;
  if (!scheduler) return undefined;
  if (scheduler.guard !== undefined && node.arguments.some((one) => mayGuard(one, scheduler.guard ?? "")))
    return undefined;
  const given = scheduler.by === "interval" ? node.arguments.slice(0, 1) : node.arguments.flatMap(callbacksIn);
  const callback = given.map((one) => boundFunction(names, one)).find((one) => one);
  return callback && { node, callback, by: scheduler.by };
}

/** Whether options say that runs do not overlap, or are not all to be seen. */
function mayGuard(node: TSESTree.Node, guard: string): boolean {
  const options = unwrap(node);
  if (options.type !== T.ObjectExpression) return false;
  return options.properties.some((property) => {
    if (property.type !== T.Property) return true;
    const isFalse = property.value.type === T.Literal && property.value.value === false;
    return propertyName(property.key, property.computed) === guard && !isFalse;
  });
}

/** `CronJob.from({ onTick })`. */
function callbacksIn(node: TSESTree.Node): TSESTree.Node[] {
  const options = unwrap(node);
  if (options.type !== T.ObjectExpression) return [node];
  return options.properties.flatMap((one) =>
    one.type === T.Property && propertyName(one.key, one.computed) === "onTick" ? [one.value] : [],
  );
}

/** `sync`, `this.sync.bind(this)`, `async () => …`. */
function boundFunction(names: Names, node: TSESTree.Node): FunctionNode | undefined {
  const expression = unwrap(node);
  const callee = expression.type === T.CallExpression ? unwrap(expression.callee) : undefined;
  const isBound = callee?.type === T.MemberExpression && memberName(callee) === "bind";
  return memberFunctionOf(names, isBound ? callee.object : expression);
}
