// What is told by Node's diagnostics channels. Not its tracing channels: those follow one call of a function by five
// events, and a promise by one more promise. A wait is no call, has but two moments, and must not cost a promise.

import { now } from "../pace.ts";
import type { PoolEvent } from "../pool/events.ts";
import type { WriterEvent } from "../writer/events.ts";
import type { Party } from "./context.ts";
import { publisher } from "./diagnostics.ts";
import type { Publisher } from "./diagnostics.ts";
import { idOf, nextId } from "./ids.ts";
import type { Wait } from "./inspect.ts";
import type { WaitRecord } from "./registry.ts";

/** An operation has to wait. Published in the async context of whoever waits. */
export interface WaitBegin {
  /** Its number, which no other wait has. */
  readonly id: number;
  /** What is blocked: `send`, `receive`, `call`, `leave`, … */
  readonly operation: string;
  /** What it is blocked on; its number is the same in `inspect()`. */
  readonly resource: { readonly id: number; readonly kind: string; readonly name: string };
  /** Number of what waits, as in `inspect()` and in the events of tasks, where it is known. */
  readonly waiter?: number;
  /** Name of the task that waits, where it is known. */
  readonly task?: string;
  /** When the wait began, on the clock of `performance.now()`, in milliseconds. */
  readonly since: number;
}

/** An operation waits no longer. Published in the async context of whoever ended the wait. */
export interface WaitEnd extends WaitBegin {
  /** How long it has waited, in milliseconds. */
  readonly duration: number;
  /**
   * Why it was given up: it was aborted, its time was over, what it waited for was closed or has failed. Not there if it
   * was served, nor for a case of `select` when another one was chosen. To await a task is served by its end, however
   * that is.
   */
  readonly error?: unknown;
}

/** Something runs from now on. Published in the async context of whoever started it. */
export interface TaskBegin {
  /** Its number, the same in `inspect()`. */
  readonly id: number;
  /** A task, a scope of tasks, a sink of a fan-out, or a function that a limit calls. */
  readonly kind: "scope" | "task" | "sink" | "call" | "lease";
  readonly name: string;
  /** Number of what it runs in, where it is known. */
  readonly parent?: number;
  /** When it began, on the clock of `performance.now()`, in milliseconds. */
  readonly began: number;
}

/** Something has come to its end. */
export interface TaskEnd extends TaskBegin {
  /** How long it has run, in milliseconds. */
  readonly duration: number;
  /**
   * `aborted`: it was told to stop, and stopped for that reason. `evicted`: a sink was too slow; nobody waits for it any
   * more, but it may still run.
   */
  readonly status: "succeeded" | "failed" | "aborted" | "evicted";
  /** With what it has ended if it did not succeed. */
  readonly error?: unknown;
}

/** Operations have waited for too long. Published by `tailrace/watch`. */
export interface Stall {
  /**
   * `deadlock`: it is proved that nothing can end the waits. `starved`: whoever could does not get to run. `stuck`: they
   * wait for something that may still come, and have for too long.
   */
  readonly verdict: "deadlock" | "starved" | "stuck";
  /** What the watch prints of it. */
  readonly message: string;
  /** The waits that it is about. */
  readonly waits: readonly Wait[];
}

/**
 * What is published by Node's `diagnostics_channel`: the names of the channels, and what their subscribers are given.
 * Members may be added to the events, none will change its meaning.
 *
 * @example
 * ```ts
 * import { subscribe } from "node:diagnostics_channel";
 * import type { TailraceEvents } from "tailrace";
 *
 * function on<Name extends keyof TailraceEvents>(name: Name, listener: (event: TailraceEvents[Name]) => void): void {
 *   subscribe(name, (event) => {
 *     listener(event as TailraceEvents[Name]);
 *   });
 * }
 *
 * on("tailrace:wait:end", ({ operation, resource, duration }) => {
 *   if (duration > 1000) console.warn(`${operation} on ${resource.kind} ${resource.name} has waited ${duration} ms`);
 * });
 * ```
 */
export interface TailraceEvents {
  /** An operation has to wait. Those that need not are not told of. */
  readonly "tailrace:wait:begin": WaitBegin;
  /** It waits no longer, for whatever reason. */
  readonly "tailrace:wait:end": WaitEnd;
  /** A scope, a task in it, a sink of a fan-out, or a function that a limit calls begins to run. */
  readonly "tailrace:task:begin": TaskBegin;
  /** It has come to its end. */
  readonly "tailrace:task:end": TaskEnd;
  /** Something has happened in a pool. */
  readonly "tailrace:pool": PoolPublished;
  /** Something has happened in a write scheduler. */
  readonly "tailrace:writer": WriterPublished;
  /** The watch has found operations that have waited for too long. */
  readonly "tailrace:stall": Stall;
}

/** What a pool tells of itself. */
export type PoolPublished = PoolEvent & { readonly pool: string };

/** What a write scheduler tells of itself. */
export type WriterPublished = WriterEvent & { readonly scheduler: string };

const channel = <Name extends keyof TailraceEvents>(name: Name): Publisher<TailraceEvents[Name]> => publisher(name);

export const waitBegin: Publisher<WaitBegin> = channel("tailrace:wait:begin");
export const waitEnd: Publisher<WaitEnd> = channel("tailrace:wait:end");
export const taskBegin: Publisher<TaskBegin> = channel("tailrace:task:begin");
export const taskEnd: Publisher<TaskEnd> = channel("tailrace:task:end");
export const poolChannel: Publisher<PoolPublished> = channel("tailrace:pool");
export const writerChannel: Publisher<WriterPublished> = channel("tailrace:writer");
const stall = channel("tailrace:stall");

/** The time at which a wait or a task begins, exactly if somebody is told how long it takes. */
export function beginning(end: Publisher<WaitEnd> | Publisher<TaskEnd>): number {
  return end.hasSubscribers ? performance.now() : now();
}

/** The numbers of waits whose begin was published. */
const waitIds = new WeakMap<object, number>();

/** @param key what stands for the wait until its end, if the record does not */
export function publishWaitBegin(record: WaitRecord, key: object = record): void {
  const id = nextId();
  waitIds.set(key, id);
  waitBegin.publish(waitEvent(id, record));
}

export function publishWaitEnd(record: WaitRecord, error: unknown, key: object = record): void {
  const event = waitEvent(waitIds.get(key) ?? nextId(), record);
  waitIds.delete(key); // a record may wait again
  waitEnd.publish({ ...event, duration: performance.now() - event.since, ...failure(error) });
}

function waitEvent(id: number, record: WaitRecord): WaitBegin {
  return { id, ...aboutWait(record) };
}

/** Who waits, on what and since when. */
export function aboutWait({ operation, resource, party, task, since }: WaitRecord): Omit<WaitBegin, "id"> {
  const { kind, name } = resource;
  return {
    operation,
    resource: { id: idOf(resource), kind, name },
    ...(party === undefined ? undefined : { waiter: idOf(party) }),
    ...(task === undefined ? undefined : { task }),
    since,
  };
}

export function publishTaskBegin(party: Party): void {
  taskBegin.publish(aboutTask(party));
}

/** Publishes the begin of a task and calls its function, in which what subscribers have bound to the channel is set. */
export function runPublished<Given extends unknown[], T>(party: Party, fn: (...given: Given) => T, ...given: Given): T {
  return taskBegin.runStores(aboutTask(party), fn, undefined, ...given);
}

export function publishTaskEnd(party: Party, status: TaskEnd["status"], error?: unknown): void {
  const event = aboutTask(party);
  taskEnd.publish({ ...event, duration: performance.now() - event.began, status, ...failure(error) });
}

/** What runs, in what and since when. */
export function aboutTask(party: Party): TaskBegin {
  const { kind, name, parent, began } = party;
  return { id: idOf(party), kind, name, ...(parent === undefined ? undefined : { parent: idOf(parent) }), began };
}

function failure(error: unknown): { readonly error?: unknown } | undefined {
  return error === undefined ? undefined : { error };
}

/** Tells of waits that have taken too long. */
export function publishStall(event: Stall): void {
  stall.publish(event);
}
