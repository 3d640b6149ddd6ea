import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { callsGiven, callsOn, occurrencesOf } from "../source/occurrences.ts";
import { contains, isCall, isLoop, meaningfulParent, targetIn } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { ownerOf } from "../uses/places.ts";
import { atomicOf, numberIn } from "../wakes/atomics.ts";
import type { AtomicCall } from "../wakes/atomics.ts";
import { apiName } from "./apis.ts";
import { sharedMemoryOf } from "./shared-memory.ts";
import type { Gift, MemoryChange, SharedMemory } from "./shared-memory.ts";
import { turnsOf } from "./turn.ts";
import { needOf, workerCodeOf } from "./worker-code.ts";
import type { Parse } from "./worker-code.ts";

/** A thread that sleeps until memory changes, which only it could bring about. */
export interface SleepingThread {
  readonly node: TSESTree.CallExpression;
  readonly array: TSESTree.Node;
  /**
   * `alone`: no other thread has the memory; `itself`: only this one changes it; `message`: one that has it waits for a
   * message; `output`: for its output.
   */
  readonly why: "alone" | "itself" | "message" | "output";
  /** What this thread would have to do. */
  readonly cause: TSESTree.Node | undefined;
}

/** The calls of `Atomics.wait` in a file from which nobody can wake the thread. */
export function findSleepingThreads(resources: Resources, parse: Parse): SleepingThread[] {
  return findAll(resources.file.ast, isCall).flatMap((node): SleepingThread[] => {
    const wait = atomicOf(resources.names, node);
    if (wait?.operation !== "wait" || isTimed(resources, wait)) return [];
    const memory = sharedMemoryOf(resources, wait.array);
    if (!memory || !sleeps(resources, wait, memory)) return [];
    const verdicts = memory.gifts.map((gift) => wakerOf(resources, wait, gift, parse));
    if (verdicts.includes(undefined)) return [];
    const [needy] = verdicts.filter((one) => one && one.why !== "alone");
    const [change] = memory.changes.filter((one) => !isNearby(resources, one, wait));
    const late = verdicts.find((one) => one?.cause);
    const why = needy?.why ?? (change && !late ? "itself" : "alone");
    return [{ node, array: wait.array, why, cause: needy?.cause ?? change?.node ?? late?.cause }];
  });
}

function isTimed({ names }: Resources, { values }: AtomicCall): boolean {
  const timeout = values[1];
  return timeout !== undefined && !["Infinity", "undefined"].includes(apiName(names, timeout));
}

/** Whether the element has the value that is expected when the wait begins, and this thread changes it only later. */
function sleeps(resources: Resources, wait: AtomicCall, { changes }: SharedMemory): boolean {
  const expected = numberIn(resources.names, wait.values[0]);
  const index = numberIn(resources.names, wait.index);
  if (expected === undefined || index === undefined) return false;
  const early = changes.filter((change) => {
    if (change.index !== undefined && change.index !== index) return false;
    return mayComeBefore(resources, change.node, wait.node);
  });
  return early.every(({ value }) => value === expected) && (expected === 0 || early.length > 0);
}

/** Whether something may have happened when a wait begins. */
function mayComeBefore(resources: Resources, node: TSESTree.Node, wait: TSESTree.Node): boolean {
  const owner = ownerOf(wait);
  if (owner === ownerOf(node)) return node.range[0] < wait.range[0] || inLoop(wait);
  const waits = turnsOf(resources, wait);
  const places = waits.flatMap((one) => (one.when === "now" ? [one.place.range[0]] : []));
  const isNow = waits.length > 0 && places.length === waits.length;
  return turnsOf(resources, node).some((turn) => {
    if (!isNow) return true;
    if (turn.when === "event") return false;
    // What the file does after all of its waits comes later.
    return turn.when !== "now" || places.some((place) => place > turn.place.range[0]);
  });
}

function inLoop(node: TSESTree.Node): boolean {
  const owner = ownerOf(node);
  for (let parent = node.parent; parent && parent !== owner; parent = parent.parent) if (isLoop(parent)) return true;
  return false;
}

function isNearby(resources: Resources, { node }: MemoryChange, wait: AtomicCall): boolean {
  return mayComeBefore(resources, node, wait.node);
}

interface Waker {
  readonly why: SleepingThread["why"];
  readonly cause: TSESTree.Node | undefined;
}

/** Why a thread that is given the memory does not wake this one; undefined where it may. */
function wakerOf(resources: Resources, wait: AtomicCall, gift: Gift, parse: Parse): Waker | undefined {
  if (!mayComeBefore(resources, gift.node, wait.node)) return { why: "alone", cause: gift.node };
  if (!gift.isInitial || gift.worker.type !== T.NewExpression) return undefined;
  const code = workerCodeOf(resources, gift.worker, parse);
  if (!code || (contains(code, wait.node) && code.type !== T.Program)) return undefined;
  const need = needOf(code);
  if (need === "free") return undefined;
  if (need === "never") return { why: "alone", cause: undefined };
  if (need === "output") return { why: "output", cause: undefined };
  const sends = sendsTo(resources, gift.worker);
  if (!sends || sends.some((send) => mayComeBefore(resources, send, wait.node))) return undefined;
  return { why: "message", cause: sends[0] };
}

/** All messages to a worker; undefined where it has no name, or others may send some. */
function sendsTo({ names, file }: Resources, worker: TSESTree.NewExpression): TSESTree.CallExpression[] | undefined {
  const parent = meaningfulParent(worker);
  const target = parent?.type === T.PropertyDefinition ? parent.key : targetIn(parent);
  const key = target && names.key(target);
  if (key === undefined) return undefined;
  const occurrences = occurrencesOf(names, file.ast, key);
  if (callsGiven(occurrences).length > 0) return undefined;
  return callsOn(occurrences).flatMap(({ call, method }) => (method === "postMessage" ? [call] : []));
}
