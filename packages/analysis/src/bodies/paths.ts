import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Step } from "../flow/code-path.ts";
import type { Names } from "../source/names.ts";
import { literalText, meaningfulParent, unwrap } from "../source/syntax.ts";
import { meansNoBody, outcomesOf, statementOf } from "./conditions.ts";

/** A way on which a body is left. */
export interface Leak {
  /**
   * `returns`: its owner completes; `throws`: by an error; `again`: the request is made again, and what it gave before
   * is forgotten.
   */
  readonly end: "again" | "returns" | "throws";
  /** The steps from the response on. */
  readonly steps: readonly Step[];
  /** All ways through its function. */
  readonly course: Course;
  /** Where a function that was given the response leaves it, within this path. */
  readonly within?: Leak | undefined;
}

/** What happens to a response within one function. */
export interface Course {
  readonly names: Names;
  readonly starts: readonly Step[];
  /** Steps at which the body is read, given up or given away. */
  readonly stops: ReadonlySet<Step>;
  /** What functions do that are given the response at a step. */
  readonly helpers: ReadonlyMap<Step, readonly Leak[]>;
  /** The request itself, where a path may come back to it. */
  readonly again: ReadonlySet<Step>;
  /** Expressions that are the response or its body, by their keys. */
  readonly bodies: ReadonlySet<string | undefined>;
}

// A path of a function that decides more than this is not followed to its end.
const MAX_STATES = 4000;

interface State {
  readonly step: Step;
  readonly known: ReadonlyMap<string, boolean>;
  readonly before: State | undefined;
  readonly within: Leak | undefined;
}

/** The ways on which a body is left: one for each place at which they part from those that read it. */
export function leaksOf(course: Course): Leak[] {
  const leaks: Leak[] = [];
  const seen = new Set<string>();
  const starts = course.starts.filter((step) => !course.stops.has(step));
  const pending: State[] = starts.map((step) => ({ step, known: new Map(), before: undefined, within: undefined }));
  while (pending.length > 0) {
    const state = pending.shift();
    if (!state || seen.size > MAX_STATES) break;
    for (const next of statesAfter(course, state)) {
      const { step } = next;
      if (course.stops.has(step)) continue;
      const end = endAt(course, step);
      if (end) {
        leaks.push({ end, steps: stepsTo(next), course, within: next.within });
        continue;
      }
      const id = `${step.id.toString()} ${[...next.known].join(" ")} ${next.within ? "within" : ""}`;
      if (seen.has(id)) continue;
      seen.add(id);
      pending.push(next);
    }
  }
  return leaks;
}

function endAt({ again }: Course, step: Step): Leak["end"] | undefined {
  if (step.kind === "exit") return "returns";
  if (step.kind === "throw") return "throws";
  return again.has(step) ? "again" : undefined;
}

function statesAfter(course: Course, state: State): State[] {
  const { step } = state;
  const helper = course.helpers.get(step);
  const thrown = helper?.find(({ end }) => end === "throws");
  const returned = helper?.filter(({ end }) => end === "returns") ?? [];
  return step.next.flatMap((to): State[] => {
    const isError = step.raises.includes(to);
    if (isError && isThrow(step)) return go(course, state, to, state.within);
    if (isError) return thrown ? go(course, state, to, thrown) : [];
    if (!helper) return go(course, state, to, state.within);
    return returned.flatMap((leak) => {
      const known = knownAfter(state.known, step, leak);
      return go(course, { ...state, known }, to, state.within ?? (isAtFault(leak) ? leak : undefined), state);
    });
  });
}

/** What is known after a helper has left a body: what it returned there, if that is written out, says which way it went. */
function knownAfter(known: State["known"], { node }: Step, { steps }: Leak): State["known"] {
  const end = steps.findLast((step) => step.node.type === T.ReturnStatement)?.node;
  const given = end?.type === T.ReturnStatement ? end.argument : undefined;
  const answer = given && unwrap(given);
  if (answer?.type !== T.Literal) return known;
  return new Map([...known, [callKey(node), Boolean(answer.value)]]);
}

function callKey({ range }: TSESTree.Node): string {
  return `call ${range.join("-")}`;
}

/** `await isRefused(response)`, and the name that has only that. */
function askedBy(names: Names, condition: TSESTree.Node): string | undefined {
  const expression = unwrap(names.held(condition) ?? condition);
  const call = expression.type === T.AwaitExpression ? unwrap(expression.argument) : expression;
  return call.type === T.CallExpression ? callKey(call) : undefined;
}

/** A helper that reads on some of its ways, itself or by another one, is at fault on the others; one that only looks is not. */
function isAtFault({ course, within }: Leak): boolean {
  return within !== undefined || course.stops.size > 0;
}

function go(
  { names, bodies }: Course,
  state: State,
  to: Step,
  within: Leak | undefined,
  before: State = state,
): State[] {
  const outcomes = outcomesOf(state.step, to);
  if (isCaseWithoutBody(to) || outcomes.some((outcome) => meansNoBody(names, outcome, bodies))) return [];
  const known = new Map(state.known);
  for (const outcome of outcomes) {
    const asked = askedBy(names, outcome.condition);
    if (asked !== undefined && known.get(asked) === !outcome.holds) return [];
    const statement = statementOf(names, outcome);
    if (!statement) continue;
    if (known.get(statement.key) === !statement.holds) return [];
    known.set(statement.key, statement.holds);
  }
  return [{ step: to, known, before, within }];
}

/** Whether the error that leaves a step is the one of a `throw`. */
function isThrow({ kind, node }: Step): boolean {
  return node.type === T.ThrowStatement || (kind === "evaluate" && meaningfulParent(node)?.type === T.ThrowStatement);
}

/** `case 204:` */
function isCaseWithoutBody({ kind, node }: Step): boolean {
  const branch = kind === "statement" ? node.parent : undefined;
  if (branch?.type !== T.SwitchCase || !branch.test || branch.consequent[0] !== node) return false;
  const test = unwrap(branch.test);
  return BODILESS.has(test.type === T.Literal ? String(test.value) : literalText(test));
}

const BODILESS: ReadonlySet<string | undefined> = new Set(["204", "205", "304"]);

function stepsTo(state: State): Step[] {
  const steps: Step[] = [];
  for (let current: State | undefined = state; current; current = current.before) steps.unshift(current.step);
  return steps;
}
