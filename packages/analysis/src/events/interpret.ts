import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Step } from "../flow/code-path.ts";
import type { Catalog } from "../models/catalog.ts";
import type { SourceFile } from "../source/source-file.ts";
import { isFunction, mayWait } from "../source/syntax.ts";
import { environment, fileEnvironment } from "../values/environment.ts";
import type { ClosureAtom } from "../values/value.ts";
import { bindPattern } from "./assign.ts";
import { arriveAt, evaluate, iterate, returned } from "./evaluate.ts";
import { frame as openFrame } from "./frame.ts";
import type { Frame } from "./frame.ts";
import { point } from "./graph.ts";
import type { Point } from "./graph.ts";
import { addModule, noModules } from "./modules.ts";
import type { Module } from "./modules.ts";
import { mayStarve } from "./order.ts";
import { moveTo, object } from "./run.ts";
import type { Run } from "./run.ts";
import { typedValue } from "./typed.ts";

export interface InterpretOptions {
  /** Also conclude where numbers are unknown. Default false. */
  readonly strict?: boolean;
}

// Each pass sees what the one before put into variables, collections and fields; three suffice for a value that is
// stored by one function, taken by a second and used by a third.
const PASSES = 3;

/**
 * Runs a file in the abstract: once for the file itself, and once for each function that nothing in the file calls.
 * Yields the finished run of each.
 */
export function* interpret(file: SourceFile, catalog: Catalog, options: InterpretOptions = {}): Generator<Run> {
  const shared = { file, catalog, modules: noModules(), strict: options.strict ?? false, forNames: false };
  const followed = new Set<TSESTree.Node>();
  const closures = new Map<TSESTree.Node, ClosureAtom>();
  const program = fileFrame(file);
  const own = openRun(program, shared, closures, followed);
  addModule(shared.modules, file, { run: own, frame: program });
  yield complete(own, program);
  for (const [node, closure] of closures) {
    if (followed.has(node) || !isFunction(node) || !mayWait(node)) continue;
    const root = openFrame({
      owner: node,
      environment: environment(node, closure.environment),
      task: { node, parent: undefined },
    });
    // Whoever calls it has `this`, and may use it at any time.
    root.environment.self.add(object(node));
    yield complete(openRun(root, shared, closures, followed), root);
  }
}

/** Runs another file for what its names stand for; what happens in it on the way is not part of the run. */
export function runFile({ catalog, modules, strict }: Run, file: SourceFile, begin: (module: Module) => void): void {
  const frame = fileFrame(file);
  const run = openRun(frame, { file, catalog, modules, strict, forNames: true }, new Map(), new Set());
  begin({ run, frame });
  complete(run, frame);
}

function fileFrame(file: SourceFile): Frame {
  return openFrame({
    owner: file.ast,
    environment: fileEnvironment(file),
    task: { node: file.ast, parent: undefined },
  });
}

function openRun(
  root: Frame,
  shared: Pick<Run, "catalog" | "file" | "forNames" | "modules" | "strict">,
  closures: Run["closures"],
  followed: Run["followed"],
): Run {
  return {
    ...shared,
    at: point(root, root.owner),
    points: [],
    pipes: new Map(),
    atoms: new Map(),
    literals: new Map(),
    globals: new Map(),
    frames: 0,
    framesElsewhere: 0,
    exhausted: false,
    escaped: new Set(),
    recursive: new Set(),
    ownWaits: new Map(),
    largest: 0,
    demand: new Map(),
    untyped: new Set(),
    asksTypes: false,
    closures,
    followed,
  };
}

function complete(run: Run, root: Frame): Run {
  pass(run, root);
  noteOwnWaits(run);
  if (run.untyped.size > 0 && !run.exhausted) {
    run.asksTypes = true;
    pass(run, root);
  }
  for (let more = PASSES - 1; more > 0 && !run.exhausted && isOpen(run); more -= 1) pass(run, root);
  return run;
}

/** Whether another pass may show more: most functions make nothing that anybody could wait for. */
function isOpen(run: Run): boolean {
  return run.pipes.size > 0 && (run.forNames || mayStarve(run));
}

function pass(run: Run, root: Frame): void {
  run.points.length = 0;
  run.frames = 0;
  run.framesElsewhere = 0;
  run.demand.clear();
  run.escaped.clear();
  run.recursive.clear();
  for (const self of root.environment.self) run.escaped.add(self);
  run.at = moveTo(run, root, root.owner);
  bindTypedParameters(run, root);
  const { first } = walk(run, root);
  run.at.next.push(first);
}

function noteOwnWaits(run: Run): void {
  for (const { events } of run.points) {
    for (const event of events) {
      if (event.type !== "wait" || !event.pipe.deferred) continue;
      const frames = run.ownWaits.get(event.wait) ?? new Map<Frame, Set<TSESTree.Node>>();
      run.ownWaits.set(event.wait, frames);
      frames.set(event.point.frame, (frames.get(event.point.frame) ?? new Set()).add(event.node));
    }
  }
}

/** Of the parameters of a function that nobody calls here, only the types are known. */
function bindTypedParameters(run: Run, root: Frame): void {
  if (!run.asksTypes || !isFunction(root.owner)) return;
  for (const parameter of root.owner.params) {
    if (parameter.type !== T.Identifier || !(run.untyped.has(undefined) || run.untyped.has(parameter))) continue;
    bindPattern(run, root, parameter, typedValue(run, root, parameter));
  }
}

/** Runs the body of a frame: every step in order of the source, then linked as its code path says. */
export function walk(run: Run, frame: Frame): { first: Point; exits: Point[] } {
  frame.values.clear();
  const before = run.at;
  const { steps, enter, exit, thrown } = frame.path;
  const heads: Point[] = [];
  const tails: Point[] = [];
  for (const step of steps) {
    run.at = moveTo(run, frame, step.node);
    heads.push(run.at);
    visit(run, frame, step);
    tails.push(run.at);
  }
  for (const { id, next } of steps) {
    for (const step of next) {
      const head = heads[step.id];
      if (head) tails[id]?.next.push(head);
    }
  }
  run.at = before;
  frame.exit = tails[exit.id];
  const first = heads[enter.id] ?? before;
  return { first, exits: [frame.exit, tails[thrown.id]].filter((end) => end !== undefined) };
}

function visit(run: Run, frame: Frame, step: Step): void {
  const { kind, node } = step;
  switch (kind) {
    case "evaluate": {
      const value = evaluate(run, frame, node);
      if (value.length > 0) {
        const known = frame.values.get(node);
        frame.values.set(node, known ? [...new Set([...known, ...value])] : value);
      }
      returned(run, frame, node);
      break;
    }
    case "iterate":
      iterate(run, frame, node as TSESTree.ForInStatement | TSESTree.ForOfStatement);
      break;
    case "enter":
    case "statement":
      arriveAt(run, frame, node);
      break;
    default:
  }
}
