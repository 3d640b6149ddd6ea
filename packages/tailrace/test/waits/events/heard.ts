import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { TailraceEvents, TaskBegin, TaskEnd, WaitBegin, WaitEnd } from "tailrace";
import { afterEach, expect } from "vitest";

export type Name = keyof TailraceEvents;
export const NAMES: readonly Name[] = [
  "tailrace:wait:begin",
  "tailrace:wait:end",
  "tailrace:task:begin",
  "tailrace:task:end",
  "tailrace:stall",
];

const stops: (() => void)[] = [];

/** Ends all subscriptions after each test of the file. */
export function unsubscribeAll(): void {
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });
}

/** Subscribes to the end of the test, or until the function that it returns is called. */
export function on<N extends Name>(name: N, listener: (event: TailraceEvents[N]) => void): () => void {
  const heard = (event: unknown): void => {
    listener(event as TailraceEvents[N]);
  };
  subscribe(name, heard);
  const stop = (): void => void unsubscribe(name, heard);
  stops.push(stop);
  return stop;
}

/** All events that are published from here on to the end of the test. */
export class Heard {
  readonly waitBegins: WaitBegin[] = [];
  readonly waitEnds: WaitEnd[] = [];
  readonly taskBegins: TaskBegin[] = [];
  readonly taskEnds: TaskEnd[] = [];
  /** In a word or two each, in their order. */
  readonly told: string[] = [];

  constructor() {
    on("tailrace:wait:begin", (event) => {
      this.waitBegins.push(event);
      this.told.push(`${event.operation} on ${event.resource.name} waits`);
    });
    on("tailrace:wait:end", (event) => {
      this.waitEnds.push(event);
      this.told.push(`${event.operation} on ${event.resource.name} goes on`);
    });
    on("tailrace:task:begin", (event) => {
      this.taskBegins.push(event);
      this.told.push(`${event.kind} ${event.name} begins`);
    });
    on("tailrace:task:end", (event) => {
      this.taskEnds.push(event);
      this.told.push(`${event.kind} ${event.name} ${event.status}`);
    });
  }
}

/** Each end has the number of a begin, all of which it repeats. */
export function match(begins: readonly (TaskBegin | WaitBegin)[], ends: readonly (TaskEnd | WaitEnd)[]): void {
  expect(new Set(begins.map(({ id }) => id)).size).toBe(begins.length);
  expect(ends.length).toBe(begins.length);
  for (const begin of begins) {
    const end = ends.find(({ id }) => id === begin.id);
    expect(end).toMatchObject(begin);
    expect(end?.duration).toBeGreaterThanOrEqual(0);
    expect(end?.duration).toBeLessThan(5000);
  }
}
