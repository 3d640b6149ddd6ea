import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { literalText, memberName, propertyName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { memberFunctionOf } from "../uses/callee.ts";

/** A call that makes a function run again and again, whether or not the run before has ended. */
export interface RepeatedRun {
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly callback: FunctionNode;
  /** Whether so little time is between two runs that one may well outlast it: an interval, or each minute at most. */
  readonly often: boolean;
  /** The option that keeps its runs from overlapping. */
  readonly guard: string | undefined;
}

interface Scheduler {
  readonly by: "interval" | "schedule";
  /** An option that keeps runs from overlapping. */
  readonly guard?: string;
}

const schedule = (guard?: string): Scheduler => ({ by: "schedule", ...(guard === undefined ? {} : { guard }) });

/** By module and the last name of the export. */
const SCHEDULERS: ReadonlyMap<string, Scheduler> = new Map(
  Object.entries<Scheduler>({
    "global:setInterval": { by: "interval" },
    "timers:setInterval": { by: "interval" },
    "node-cron:schedule": schedule("noOverlap"),
    "node-cron:createTask": schedule("noOverlap"),
    "cron:CronJob": schedule("waitForCompletion"),
    "cron:from": schedule("waitForCompletion"),
    "node-schedule:scheduleJob": schedule(),
    "croner:Cron": schedule("protect"),
    "croner:default": schedule("protect"),
  }),
);

/** How a call repeats a function of this file; undefined where it does not, or keeps the runs apart by itself. */
export function repeatedRunOf(names: Names, node: TSESTree.Node): RepeatedRun | undefined {
  if (node.type !== T.CallExpression && node.type !== T.NewExpression) return undefined;
  const origin = names.origin(node.callee);
  const scheduler = origin && SCHEDULERS.get(`${origin.module}:${String(origin.path.at(-1))}`);
  if (!scheduler) return undefined;
  const { guard } = scheduler;
  if (guard !== undefined && node.arguments.some((one) => mayGuard(one, guard))) return undefined;
  const given = scheduler.by === "interval" ? node.arguments.slice(0, 1) : node.arguments.flatMap(callbacksIn);
  const callback = given.map((one) => boundFunction(names, one)).find((one) => one);
  if (!callback) return undefined;
  const often = scheduler.by === "interval" || node.arguments.flatMap(patternsIn).some(isEachMinute);
  return { node, callback, often, guard };
}

/** `"* * * * *"`, or `{ cronTime: "* * * * *" }` */
function patternsIn(node: TSESTree.Node): string[] {
  const value = unwrap(node);
  const values = value.type !== T.ObjectExpression ? [value] : value.properties.flatMap((one) => valueIn(one));
  return values.flatMap((one) => literalText(one) ?? []);
}

function valueIn(property: TSESTree.ObjectLiteralElement): TSESTree.Node[] {
  return property.type === T.Property ? [property.value] : [];
}

/** Whether a pattern of cron names no minute, and so each; one of six fields begins with seconds. */
function isEachMinute(pattern: string): boolean {
  const fields = pattern.trim().split(/\s+/u);
  return (fields.length === 5 || fields.length === 6) && fields.at(-5) === "*" && fields.every((one) => CRON.test(one));
}

const CRON = /^[\d*/,?LW#A-Za-z-]+$/u;

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
