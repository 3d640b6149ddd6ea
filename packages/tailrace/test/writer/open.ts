import { writeScheduler } from "tailrace";
import type { Lane, WriteScheduler, WriteSink } from "tailrace";
import { within } from "../deadline.ts";
import { Stream } from "./stream.ts";

interface Opened {
  readonly scheduler: WriteScheduler;
  readonly stream: Stream;
  readonly sink: WriteSink;
  readonly lane: Lane;
}

/** A sink of a stream that takes ten bytes, and a lane of it. */
export function open(maxQueued = 10): Opened {
  const scheduler = writeScheduler();
  const stream = new Stream({ highWaterMark: 10 });
  const sink = scheduler.sink(stream, { name: "client" });
  const lane = sink.lane({ name: "news", maxQueued });
  return { scheduler, stream, sink, lane };
}

/** What it rejects with, if it does. */
export const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  within(promise.then(() => undefined).catch((error: unknown) => error));
