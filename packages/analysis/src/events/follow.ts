import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { environment } from "../values/environment.ts";
import type { ClosureAtom, Loop, StreamEvent, Task, Value } from "../values/value.ts";
import { bindPattern } from "./assign.ts";
import { frame as openFrame, isRunning } from "./frame.ts";
import type { Frame } from "./frame.ts";
import { walk } from "./interpret.ts";
import { addAll, collection, made, MAX_DEPTH, MAX_FRAMES, MAX_FRAMES_ELSEWHERE, moveTo } from "./run.ts";
import type { Run } from "./run.ts";

export interface Call {
  readonly args: readonly Value[];
  readonly self?: Value;
  /**
   * `inline`: the caller goes on when it has run; `maybe`: or without it; `loop`: any number of times;
   * `task`: beside the caller.
   */
  readonly mode: "inline" | "loop" | "maybe" | "task";
  /** The element that an array method gives to it, and how many there are. */
  readonly loop?: Loop;
  readonly listener?: StreamEvent;
  readonly queued?: boolean;
  readonly generator?: TSESTree.Node;
  readonly handed?: boolean;
  /** Tells apart several calls made at the same place. */
  readonly key: unknown;
  /** What happens in the call before its body. */
  readonly before?: (frame: Frame) => void;
}

/** Follows a call into a function whose code we have. Returns its frame, or nothing where that leads too far. */
export function follow(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  closure: ClosureAtom,
  call: Call,
): Frame | undefined {
  if (frame.depth >= MAX_DEPTH || isRunning(frame, closure.node)) {
    run.recursive.add(closure.node);
    return undefined;
  }
  // While there is nothing to wait for, nobody else has anything of ours.
  if (run.pipes.size === 0 && run.framesElsewhere >= MAX_FRAMES_ELSEWHERE && isElsewhere(run, closure))
    return undefined;
  run.frames += 1;
  if (isElsewhere(run, closure)) run.framesElsewhere += 1;
  if (run.frames > MAX_FRAMES || run.framesElsewhere > MAX_FRAMES / 2) {
    run.exhausted = true;
    return undefined;
  }
  run.followed.add(closure.node);
  const child = childFrame(frame, node, closure, call);
  const { self = [], args = [] } = bound.get(closure) ?? {};
  addAll(child.environment.self, [...(call.self ?? []), ...self]);
  bindParameters(run, child, closure, [...args, ...call.args]);
  splice(run, frame, child, call);
  return child;
}

const bound = new WeakMap<ClosureAtom, { self: Value; args: readonly Value[] }>();

/** Gives a closure `this` and its first arguments: `run.bind(job, 1)`. */
export function boundTo(closure: ClosureAtom, [self = [], ...args]: readonly Value[]): ClosureAtom {
  bound.set(closure, { self, args });
  return closure;
}

/** Whether a function is the code of another file. */
export function isElsewhere(run: Run, { environment: { file } }: Pick<ClosureAtom, "environment">): boolean {
  return file.ast !== run.file.ast;
}

function childFrame(frame: Frame, node: TSESTree.Node, closure: ClosureAtom, call: Call): Frame {
  let frames = frame.children.get(node);
  if (!frames) {
    frames = new Map();
    frame.children.set(node, frames);
  }
  let child = frames.get(call.key);
  if (!child) {
    const beside = call.mode === "task" || (call.mode === "loop" && closure.node.async);
    const task: Task = beside ? { node, parent: frame.task } : frame.task;
    child = openFrame({
      owner: closure.node,
      environment: environment(closure.node, closure.environment),
      caller: { frame, node },
      task,
      loop: call.loop,
      listener: call.listener,
      queued: call.queued,
      generator: call.generator,
      handed: call.handed,
    });
    frames.set(call.key, child);
  }
  return child;
}

function bindParameters(run: Run, child: Frame, closure: ClosureAtom, args: readonly Value[]): void {
  closure.node.params.forEach((parameter, index) => {
    if (parameter.type === T.RestElement) {
      const rest = made(child, parameter, "rest", () => collection(parameter, undefined));
      for (const value of args.slice(index)) addAll(rest.elements, value);
      bindPattern(run, child, parameter.argument, [rest]);
    } else {
      bindPattern(run, child, parameter, args[index] ?? []);
    }
  });
}

function splice(run: Run, frame: Frame, child: Frame, call: Call): void {
  const before = run.at;
  const entry = moveTo(run, child, child.owner);
  run.at = entry;
  call.before?.(child);
  const { first, exits } = walk(run, child);
  run.at.next.push(first);
  const after = moveTo(run, frame, before.node);
  before.next.push(entry);
  if (call.mode !== "inline") before.next.push(after);
  for (const exit of exits) {
    exit.next.push(after);
    if (call.mode === "loop") exit.next.push(entry);
  }
  child.entry = entry;
  run.at = after;
}
