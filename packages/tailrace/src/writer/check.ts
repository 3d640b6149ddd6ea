// What must be true of lists and states at each moment. If it is not, that is a bug of the scheduler and nobody else's.
import { TailraceError } from "../errors.ts";
import type { Heap, Listed } from "./heap.ts";
import type { Runner } from "./runner.ts";
import type { ScheduledSink } from "./scheduled-sink.ts";

/** @param lane the lane that it is about, if it is about one */
export function schedulerBug(sink: ScheduledSink, what: string, lane?: { readonly name: string }): TailraceError {
  const { state, lanes, queued } = sink.stats;
  const where = lane === undefined ? "" : `lane ${JSON.stringify(lane.name)} of `;
  const facts = `${state}, place ${sink.index.toString()} in the list, ${lanes.toString()} lanes, ${queued.toString()} queued`;
  const message = `${where}sink ${JSON.stringify(sink.name)} ${what} (${facts}): this is a bug of Tailrace`;
  return new TailraceError("TAILRACE_SCHEDULER_BUG", message);
}

/** Throws unless lists and states agree. Takes time for each lane. */
export function check({ sinks, pending }: Runner): void {
  for (const sink of sinks) {
    const isListed = has(pending, sink);
    if ((sink.state === "pending") !== isListed) throw schedulerBug(sink, isListed ? "is listed" : "is not listed");
    if (!isListed && sink.index !== -1) throw schedulerBug(sink, "believes to be listed");
    for (const lane of sink.lanes) {
      const isReady = has(sink.ready, lane);
      if (!isReady && lane.index !== -1) throw schedulerBug(sink, "believes to be listed", lane);
      if (isReady === lane.isEmpty) throw schedulerBug(sink, isReady ? "is listed, and empty" : "is not listed", lane);
    }
    for (const lane of sink.ready) if (!sink.lanes.has(lane)) throw schedulerBug(sink, "is listed, and closed", lane);
    checkOrder(sink, sink.ready);
    const hasChunks = sink.ready.size > 0;
    const says = sink.state === "pending" || sink.state === "waiting-to-write";
    if (hasChunks && !says) throw schedulerBug(sink, "has chunks, and nobody knows");
  }
  for (const sink of pending) {
    if (!sinks.has(sink)) throw schedulerBug(sink, "is listed, and closed");
    checkOrder(sink, pending);
  }
}

function has<Item extends Listed>(heap: Heap<Item>, item: Item): boolean {
  return heap.at(item.index) === item;
}

function checkOrder<Item extends Listed>(sink: ScheduledSink, heap: Heap<Item>): void {
  const first = heap.first;
  let places = 0;
  for (const item of heap) {
    if (item.index !== places++) throw schedulerBug(sink, "has a list whose places are wrong");
    if (first !== undefined && (item.round < first.round || (item.round === first.round && item.rank < first.rank))) {
      throw schedulerBug(sink, "has a list whose first is not the first");
    }
  }
}
