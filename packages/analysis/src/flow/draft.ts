import type { TSESTree } from "@typescript-eslint/utils";
import type { CodePathOwner, Step, StepKind } from "./code-path.ts";

export interface DraftStep extends Step {
  readonly next: DraftStep[];
  readonly previous: DraftStep[];
  readonly raises: DraftStep[];
}

/** A step that leaves by an error. */
interface Raising {
  readonly raising: DraftStep;
}

type End = DraftStep | Raising;

/** Steps whose successor is still to be drawn. Empty: control cannot come here. */
export type Ends = readonly End[];

/** Where a jump leads: it gathers the steps that jump there, until the place itself is drawn. */
export type Destination = End[];

/** What encloses the place being drawn, as far as a jump or an error can tell. */
export interface Frame {
  readonly outer: Frame | undefined;
  /** After the loop, `switch` or labelled statement. */
  readonly breaks?: Destination;
  /** The next turn of the loop. */
  readonly continues?: Destination;
  /** The names by which `break` and `continue` may mean this frame. */
  readonly labels?: readonly string[];
  /** Whether a `break` without a label may mean this frame. */
  readonly unlabelled?: boolean;
  /** The catch clause, or the owner's uncaught throw. */
  readonly throws?: Destination;
  /** The owner's exit. */
  readonly returns?: Destination;
  /** Only where something must run before a jump may leave: who left, by where they are bound for. */
  readonly departures?: Map<Destination, End[]>;
}

/** A code path under construction. */
export interface Draft {
  readonly steps: DraftStep[];
  readonly enter: DraftStep;
  readonly root: Frame & { readonly returns: Destination; readonly throws: Destination };
  /** Where the next step will be attached. */
  ends: Ends;
  frame: Frame;
  /** How many `finally` blocks enclose the place being drawn. */
  finalizers: number;
  /** Where the optional chain being drawn is cut short. */
  chain: End[];
}

export function openDraft(owner: CodePathOwner): Draft {
  const enter: DraftStep = { id: 0, kind: "enter", node: owner, next: [], previous: [], raises: [] };
  const root = { outer: undefined, returns: [], throws: [] };
  return { steps: [enter], enter, root, ends: [enter], frame: root, finalizers: 0, chain: [] };
}

/** Attaches a step to the open ends and goes on from it. */
export function put(draft: Draft, kind: StepKind, node: TSESTree.Node): DraftStep {
  const step: DraftStep = { id: draft.steps.length, kind, node, next: [], previous: [], raises: [] };
  draft.steps.push(step);
  // Ends may repeat a step; all links to a new step are made here, so a repetition shows at the end of the list.
  for (const end of draft.ends) connect(end, step, ({ next }) => next.at(-1) === step);
  draft.ends = [step];
  return step;
}

/** The same where control can come here; otherwise nothing. */
export function arrive(draft: Draft, kind: StepKind, node: TSESTree.Node): DraftStep | undefined {
  return draft.ends.length > 0 ? put(draft, kind, node) : undefined;
}

/** Leads the ends back to a step that is already drawn. */
export function loopBack(ends: Ends, head: DraftStep | undefined): void {
  if (!head) return;
  for (const end of ends) connect(end, head, ({ next }) => next.includes(head));
}

/** Links an end to a step; what leads there both by an error and without one does so without. */
function connect(end: End, to: DraftStep, isLinked: (from: DraftStep) => boolean): void {
  const raises = "raising" in end;
  const from = raises ? end.raising : end;
  if (!isLinked(from)) {
    from.next.push(to);
    to.previous.push(from);
    if (raises) from.raises.push(to);
  } else if (!raises && from.raises.at(-1) === to) from.raises.pop();
}

export function both(some: Ends, others: Ends): Ends {
  if (some.length === 0 || some === others) return others;
  return others.length === 0 ? some : [...some, ...others];
}

/** The current ends may throw. */
export function mayThrow(draft: Draft): void {
  depart(draft.frame, draft.ends.map(raised), handlerOf(draft.frame));
}

/** The same end, left by an error. */
export function raised(end: End): End {
  return "raising" in end ? end : { raising: end };
}

/** Control leaves for the destination; nothing follows here. */
export function jump(draft: Draft, destination: Destination | undefined): void {
  depart(draft.frame, draft.ends, destination);
  draft.ends = [];
}

/** Who catches what is thrown within this frame. */
function handlerOf(frame: Frame): Destination | undefined {
  let place: Frame | undefined = frame;
  while (place && !place.throws) place = place.outer;
  return place?.throws;
}

/** On the way out of nested frames the first one that must finish something detains the jump. */
function depart(from: Frame, ends: Ends, destination: Destination | undefined): void {
  if (!destination || ends.length === 0) return;
  for (let frame: Frame | undefined = from; frame; frame = frame.outer) {
    if (frame.breaks === destination || frame.continues === destination || frame.throws === destination) break;
    if (!frame.departures) continue;
    const detained = frame.departures.get(destination);
    if (detained) detained.push(...ends);
    else frame.departures.set(destination, [...ends]);
    return;
  }
  destination.push(...ends);
}

/** Draws something within a frame of its own. */
export function within<Result>(draft: Draft, frame: Omit<Frame, "outer">, body: () => Result): Result {
  const outer = draft.frame;
  draft.frame = { ...frame, outer };
  const result = body();
  draft.frame = outer;
  return result;
}

// Copies within copies multiply; from this depth on, all ways to complete share one copy of a `finally` block.
const MAX_SEPARATE_FINALIZERS = 3;

/**
 * Draws `body`, and `finalize` on every way out of it: once for each kind of completion, so that a path which came by
 * a `return` does not go on as if the body had ended normally.
 */
export function ensuring(draft: Draft, body: () => void, finalize: () => void): void {
  const departures = new Map<Destination, End[]>();
  within(draft, { departures }, body);
  const normal = draft.ends;
  draft.finalizers += 1;
  if (draft.finalizers > MAX_SEPARATE_FINALIZERS) {
    draft.ends = [normal, ...departures.values()].flat();
    finalize();
    for (const destination of departures.keys()) depart(draft.frame, draft.ends, destination);
    if (normal.length === 0) draft.ends = [];
  } else {
    finalize();
    const after = draft.ends;
    for (const [destination, detained] of departures) {
      draft.ends = detained;
      finalize();
      jump(draft, destination);
    }
    draft.ends = after;
  }
  draft.finalizers -= 1;
}
