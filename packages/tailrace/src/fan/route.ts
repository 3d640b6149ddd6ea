import { isObject, outOfRange, wrongType } from "../arguments.ts";
import type { Inbox } from "./inbox.ts";
import { isIterable } from "./source.ts";

/** A sink, by its place in the list of sinks or by its name. */
export type SinkKey = number | string;

/**
 * Which sinks an item goes to.
 *
 * - `"broadcast"`: to all.
 * - `"zip"`: each item is an array or other iterable with one element for each sink, in the order of the sinks.
 * - `"any"`: to one that has room: the one for which least is held, in turn among equals. The source waits while none
 *   has room, so their slow policies never come into play.
 */
export type FixedRoute = "broadcast" | "zip" | "any";

/**
 * Names the sink that an item goes to, or several. With an empty array the item is dropped. It is given the item, the
 * place of the item in the source and the number of sinks.
 */
export type RouteFunction<T> = (item: T, index: number, sinks: number) => SinkKey | Iterable<SinkKey>;

/** Hands one item on. Returns a promise if it has to wait before it can choose. */
export type Router = (item: unknown, index: number) => Promise<void> | undefined;

/** How a router hands an item, or its part of it, to one sink. */
export type Deliver = (inbox: Inbox, item: unknown) => void;

export function broadcast(inboxes: readonly Inbox[], deliver: Deliver): Router {
  return (item) => {
    for (const inbox of inboxes) deliver(inbox, item);
    return undefined;
  };
}

export function zip(inboxes: readonly Inbox[], deliver: Deliver): Router {
  return (item, index) => {
    const parts: readonly unknown[] | undefined = Array.isArray(item) ? item : isIterable(item) ? [...item] : undefined;
    if (parts?.length !== inboxes.length) {
      const wanted = `one element for each of the ${inboxes.length.toString()} sinks`;
      throw wrongType(`item ${index.toString()} of the source`, parts ?? item, wanted);
    }
    inboxes.forEach((inbox, place) => {
      deliver(inbox, parts[place]);
    });
    return undefined;
  };
}

/** `room` resolves when one of the sinks may have room, or none will ever take an item again. */
export function any(inboxes: readonly Inbox[], deliver: Deliver, room: () => Promise<boolean>): Router {
  let turn = 0;
  const choose = (): Inbox | undefined => {
    let best: Inbox | undefined;
    let after = turn;
    inboxes.forEach((_, step) => {
      const place = (turn + step) % inboxes.length;
      const inbox = inboxes[place];
      if (inbox?.hasRoom !== true || (best !== undefined && best.load <= inbox.load)) return;
      best = inbox;
      after = place + 1;
    });
    turn = after;
    return best;
  };
  const wait = async (item: unknown): Promise<void> => {
    let inbox: Inbox | undefined;
    while (inbox === undefined) {
      if (!(await room())) return;
      inbox = choose();
    }
    deliver(inbox, item);
  };
  return (item) => {
    const inbox = choose();
    if (inbox === undefined) return wait(item);
    deliver(inbox, item);
    return undefined;
  };
}

export function byFunction(
  inboxes: readonly Inbox[],
  deliver: Deliver,
  choose: (item: unknown, index: number, sinks: number) => unknown,
): Router {
  const byName = new Map(inboxes.map((inbox) => [inbox.name, inbox]));
  const find = (key: unknown, index: number): Inbox => {
    const inbox = typeof key === "string" ? byName.get(key) : typeof key === "number" ? inboxes[key] : undefined;
    if (inbox !== undefined) return inbox;
    const names = inboxes.map(({ name }) => JSON.stringify(name)).join(", ");
    const wanted = `an index below ${inboxes.length.toString()}, one of ${names}, or an array of these`;
    const fault = typeof key === "number" || typeof key === "string" ? outOfRange : wrongType;
    throw fault(`route of item ${index.toString()}`, key, wanted);
  };
  return (item, index) => {
    const chosen = choose(item, index, inboxes.length);
    if (isObject(chosen) && isIterable(chosen)) {
      const several = new Set<Inbox>();
      for (const key of chosen) several.add(find(key, index));
      for (const inbox of several) deliver(inbox, item);
    } else deliver(find(chosen, index), item);
    return undefined;
  };
}
