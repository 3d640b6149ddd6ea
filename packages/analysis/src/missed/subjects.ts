import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { codePathOf } from "../flow/code-path.ts";
import { reaches, stepsOf } from "../flow/queries.ts";
import type { Resources } from "../resources/resources.ts";
import { enclosingFunction, isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { walk } from "../source/walk.ts";
import { callsIn } from "./emissions.ts";
import { calleeOf } from "./callees.ts";
import type { MissedEvent } from "./missed-event.ts";
import { isReliedOn } from "./relied.ts";

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** Operators of RxJS behind which nothing comes that did not come in. */
const NEUTRAL: ReadonlySet<string | undefined> = new Set([
  "auditTime",
  "debounceTime",
  "delay",
  "distinctUntilChanged",
  "filter",
  "first",
  "last",
  "map",
  "observeOn",
  "pairwise",
  "scan",
  "single",
  "skip",
  "take",
  "tap",
  "throttleTime",
]);

/**
 * Waits for a value of a plain `Subject` that has been emitted before anybody subscribes, and after which this file
 * emits none: `firstValueFrom(subject)` after `subject.next(value)`.
 */
export function lateForValues(resources: Resources): MissedEvent[] {
  const found: MissedEvent[] = [];
  walk(resources.file.ast, (node) => {
    if (node.type !== T.CallExpression) return;
    const { names } = resources;
    const name = rxjs(resources, node.callee);
    const [source] = node.arguments;
    if ((name !== "firstValueFrom" && name !== "lastValueFrom") || !source || !isReliedOn(names, node)) return;
    const subject = subjectOf(resources, source, 0);
    const cause = subject && emittedBefore(resources, node, subject, name);
    if (subject && cause) {
      found.push({ wait: node, target: subject.node, event: "next", how: "emitted", cause, pause: undefined });
    }
  });
  return found;
}

function rxjs({ names }: Resources, node: TSESTree.Node): string | undefined {
  const origin = names.origin(node);
  return origin?.module === "rxjs" ? origin.path.at(-1) : undefined;
}

interface Subject {
  readonly node: TSESTree.Node;
  readonly variable: Scope.Variable;
}

/** The subject of this file whose values come out of an expression. */
function subjectOf(resources: Resources, node: TSESTree.Node, depth: number): Subject | undefined {
  const { names } = resources;
  const expression = unwrap(node);
  if (expression.type === T.Identifier) {
    const variable = names.variable(expression);
    const initial = variable && names.initial(variable);
    if (!variable || initial?.path.length !== 0 || depth > 8) return undefined;
    const value = unwrap(initial.value);
    const isPlain = value.type === T.NewExpression && rxjs(resources, value.callee) === "Subject";
    return isPlain ? { node: expression, variable } : subjectOf(resources, value, depth + 1);
  }
  const callee = expression.type === T.CallExpression ? unwrap(expression.callee) : undefined;
  if (expression.type !== T.CallExpression || callee?.type !== T.MemberExpression) return undefined;
  const name = memberName(callee);
  const passes =
    name === "asObservable" || (name === "pipe" && expression.arguments.every((one) => isNeutral(resources, one)));
  return passes ? subjectOf(resources, callee.object, depth) : undefined;
}

function isNeutral({ names }: Resources, node: TSESTree.Node): boolean {
  const origin = node.type === T.CallExpression ? names.origin(node.callee) : undefined;
  return (origin?.module === "rxjs" || origin?.module === "rxjs/operators") && NEUTRAL.has(origin.path.at(-1));
}

/** The call that emitted, where it comes before the wait, and no other one can come after it. */
function emittedBefore(
  resources: Resources,
  wait: TSESTree.CallExpression,
  { variable }: Subject,
  name: "firstValueFrom" | "lastValueFrom",
): TSESTree.Node | undefined {
  const uses = usesOf(resources, variable);
  const owner = enclosingFunction(wait);
  if (!uses || !owner || uses.emits.length === 0) return undefined;
  // Whoever waits for the last value waits for the end as well; what is not ended has other troubles.
  if (name === "lastValueFrom" && uses.ends.length === 0) return undefined;
  const path = codePathOf(owner);
  const targets = new Set(stepsOf(path, wait));
  // Each call in the function that waits, by which one of them runs before it goes on.
  const causes = uses.emits.map((emit) => callsIn(owner).find((call) => runsAtOnce(resources, call, emit)));
  const ends = uses.ends.map((end) => callsIn(owner).find((call) => runsAtOnce(resources, call, end)));
  const [first] = causes;
  if (!first || causes.includes(undefined)) return undefined;
  // Ended before: then the wait fails, and does not stand.
  const ended = new Set(ends.flatMap((call) => (call ? stepsOf(path, call) : [])));
  const isBefore = (call: Call): boolean =>
    reaches(stepsOf(path, call), (step) => targets.has(step), { through: (step) => !ended.has(step) });
  const comesLater = causes.some((call) => call && reaches([...targets], (step) => step.node === call));
  return isBefore(first) && !comesLater ? causes.findLast((call) => call && isBefore(call)) : undefined;
}

interface Uses {
  readonly emits: readonly TSESTree.CallExpression[];
  readonly ends: readonly TSESTree.CallExpression[];
}

const READS: ReadonlySet<string | undefined> = new Set([
  "asObservable",
  "pipe",
  "subscribe",
  "observed",
  "closed",
  "forEach",
]);

/** What is done with a subject; undefined where others have it as well. */
function usesOf(resources: Resources, { defs, references }: Scope.Variable): Uses | undefined {
  if ((defs[0]?.parent as TSESTree.Node | null | undefined)?.parent?.type === T.ExportNamedDeclaration)
    return undefined;
  const emits: TSESTree.CallExpression[] = [];
  const ends: TSESTree.CallExpression[] = [];
  for (const use of references) {
    if (use.init) continue;
    const node = use.identifier as TSESTree.Node;
    const parent = meaningfulParent(node);
    if (parent?.type === T.CallExpression && parent.arguments.includes(node as TSESTree.Expression)) {
      // To wait for it emits nothing.
      if (/^(?:first|last)ValueFrom$/u.test(rxjs(resources, parent.callee) ?? "")) continue;
      return undefined;
    }
    const name = parent?.type === T.MemberExpression && parent.object === node ? memberName(parent) : undefined;
    const call = parent && meaningfulParent(parent);
    const isCalled = call?.type === T.CallExpression && unwrap(call.callee) === parent;
    if (name === "next" && isCalled) emits.push(call);
    else if ((name === "complete" || name === "error" || name === "unsubscribe") && isCalled) ends.push(call);
    else if (!READS.has(name)) return undefined;
  }
  return { emits, ends };
}

/** Whether a call is the other one, or runs a function of this file that makes it before it returns. */
function runsAtOnce(resources: Resources, call: Call, other: Call, depth = 0): boolean {
  if (call === other) return true;
  if (depth > 3) return false;
  const callee = unwrap(call.callee);
  const isEach = memberName(callee) === "forEach";
  const [callback] = call.arguments;
  const body: FunctionNode | undefined =
    isEach && isFunction(callback) ? callback : calleeOf(resources, call, "")?.body;
  if (!body || body.async || body.generator) return false;
  return callsIn(body).some((inner) => runsAtOnce(resources, inner, other, depth + 1));
}
