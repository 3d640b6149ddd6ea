import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import type { CodePath, CodePathOwner } from "../flow/code-path.ts";
import type { Environment } from "../values/environment.ts";
import type { Atom, Loop, StreamEvent, Task, Value } from "../values/value.ts";
import type { Point } from "./graph.ts";

/** One call of a function from one place: the same function called from two places has two frames. */
export interface Frame {
  readonly owner: CodePathOwner;
  readonly path: CodePath;
  readonly environment: Environment;
  /** Who called, and where; undefined for the analysed function itself. */
  readonly caller: { readonly frame: Frame; readonly node: TSESTree.Node } | undefined;
  readonly task: Task;
  /** The call repeats: an array method runs the function for each element. */
  readonly loop: Loop | undefined;
  /** Runs when this event of a stream comes. */
  readonly listener: StreamEvent | undefined;
  /** Its task waits for a permit that others hold. */
  readonly queued: boolean;
  /** The call that made the generator whose body this is. */
  readonly generator: TSESTree.Node | undefined;
  /** Called by code that we do not know: at any time, and any number of times. */
  readonly handed: boolean;
  readonly depth: number;
  /** What expressions evaluated to, in the current pass. */
  readonly values: Map<TSESTree.Node, Value>;
  readonly returns: Set<Atom>;
  readonly yields: Set<Atom>;
  /** Frames of the calls in it. They live on between passes, so that what was made in them keeps its identity. */
  readonly children: Map<TSESTree.Node, Map<unknown, Frame>>;
  /** Things made in it, by the expression that makes them. */
  readonly made: Map<TSESTree.Node, Map<string, unknown>>;
  /** Environments, arrays and objects made in this run, or in this call where it may be one of many. */
  readonly own: Set<unknown>;
  entry: Point | undefined;
  exit: Point | undefined;
}

export interface FrameOptions {
  readonly owner: CodePathOwner;
  readonly environment: Environment;
  readonly caller?: Frame["caller"];
  readonly task: Task;
  readonly loop?: Loop | undefined;
  readonly listener?: StreamEvent | undefined;
  readonly queued?: boolean | undefined;
  readonly generator?: TSESTree.Node | undefined;
  readonly handed?: boolean | undefined;
}

export function frame({
  owner,
  environment,
  caller,
  task,
  loop,
  listener,
  queued,
  generator,
  handed,
}: FrameOptions): Frame {
  const opened: Frame = {
    owner,
    path: codePathOf(owner),
    environment,
    caller,
    task,
    loop,
    listener: listener ?? caller?.frame.listener,
    queued: queued ?? caller?.frame.queued ?? false,
    generator,
    handed: handed ?? false,
    depth: caller ? caller.frame.depth + 1 : 0,
    values: new Map(),
    returns: new Set(),
    yields: new Set(),
    children: new Map(),
    made: new Map(),
    own: caller && !handed ? caller.frame.own : new Set(),
    entry: undefined,
    exit: undefined,
  };
  opened.own.add(environment);
  return opened;
}

/** Whether the function is already running further up: recursion is not followed. */
export function isRunning(from: Frame, owner: CodePathOwner): boolean {
  for (let current: Frame | undefined = from; current; current = current.caller?.frame) {
    if (current.owner === owner) return true;
  }
  return false;
}

/** A frame and those that led to it, innermost first. */
export function callers(inner: Frame): Frame[] {
  const chain: Frame[] = [];
  for (let current: Frame | undefined = inner; current; current = current.caller?.frame) chain.push(current);
  return chain;
}
