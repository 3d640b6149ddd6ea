import { Writable } from "node:stream";
import { fanOut, writeScheduler } from "tailrace";
import { expect, test } from "vitest";
import { within } from "../deadline.ts";
import { collect } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

const locked = new ReadableStream();
locked.getReader();
const lockedSink = new WritableStream();
lockedSink.getWriter();
const lane = writeScheduler().sink(new WritableStream()).lane();

test.each<[argument: string, given: [source: unknown, sinks: unknown, options?: unknown], message: string]>([
  ["source", [5, [collect]], "source: was given 5, wants something to read items from"],
  ["source", [undefined, [collect]], "source: was given undefined, wants something"],
  ["source", [null, [collect]], "source: was given null, wants something"],
  ["source", [{}, [collect]], "source: was given an object, wants something"],
  ["source", [() => [1], [collect]], "source: was given a function, wants something"],
  ["source", [new Writable(), [collect]], "source: was given an instance of Writable, wants something"],
  ["source", [locked, [collect]], "source: was given an instance of ReadableStream, wants a stream that is not locked"],
  ["sinks", [[1], []], "sinks: was given an array of length 0, wants an array or a record with at least one sink"],
  ["sinks", [[1], {}], "sinks: was given an object, wants an array or a record with at least one sink"],
  ["sinks", [[1], collect], "sinks: was given the function collect, wants an array or a record"],
  ["sinks", [[1], new Writable()], "sinks: was given an instance of Writable, wants an array or a record"],
  ["sinks", [[1], new WritableStream()], "sinks: was given an instance of WritableStream, wants an array or a record"],
  ["sinks", [[1], lane], "sinks: was given an instance of LaneQueue, wants an array or a record"],
  ["sinks", [[1], undefined], "sinks: was given undefined, wants an array or a record"],
  [
    "sinks[1]",
    [[1], [collect, 5]],
    "sinks[1]: was given 5, wants an async function, a writable stream, a lane, or an object with",
  ],
  ["sinks[0]", [[1], [undefined]], "sinks[0]: was given undefined, wants an async function"],
  ["sinks.disk", [[1], { disk: {} }], "sinks.disk: was given an object, wants an async function"],
  ["sinks.disk", [[1], { disk: new ReadableStream() }], "sinks.disk: was given an instance of ReadableStream, wants"],
  [
    "sinks.disk",
    [[1], { disk: lockedSink }],
    "sinks.disk: was given an instance of WritableStream, wants a stream that is not locked",
  ],
  [
    "sinks[0].run",
    [[1], [{ run: 3 }]],
    "sinks[0].run: was given 3, wants an async function, a writable stream or a lane",
  ],
  [
    "sinks[0].slow",
    [[1], [{ run: collect, slow: "drop" }]],
    'sinks[0].slow: was given "drop", wants one of "wait", "drop-oldest"',
  ],
  ["sinks[0].slow", [[1], [{ run: collect, slow: 5 }]], "sinks[0].slow: was given 5, wants one of"],
  [
    "sinks[0].slow.evictAfter",
    [[1], [{ run: collect, slow: {} }]],
    "sinks[0].slow.evictAfter: was given undefined, wants a number of milliseconds",
  ],
  [
    "sinks[0].slow.evictAfter",
    [[1], [{ run: collect, slow: { evictAfter: -1 } }]],
    "sinks[0].slow.evictAfter: was given -1",
  ],
  [
    "sinks.a.capacity",
    [[1], { a: { run: collect, capacity: 1.5 } }],
    "sinks.a.capacity: was given 1.5, wants a whole number",
  ],
  ["sinks.a.name", [[1], { a: { run: collect, name: 5 } }], "sinks.a.name: was given 5, wants a string"],
  ["buffer", [[1], [collect], { buffer: -1 }], "buffer: was given -1, wants a whole number from 0, or Infinity"],
  ["buffer", [[1], [collect], { buffer: NaN }], "buffer: was given NaN, wants a whole number from 0, or Infinity"],
  ["buffer", [[1], [collect], { buffer: 1.5 }], "buffer: was given 1.5, wants a whole number from 0, or Infinity"],
  ["buffer", [[1], [collect], { buffer: "3" }], 'buffer: was given "3", wants a whole number from 0, or Infinity'],
  ["route", [[1], [collect], { route: "all" }], 'route: was given "all", wants one of "broadcast", "zip", "any"'],
  ["route", [[1], [collect], { route: 3 }], "route: was given 3, wants one of"],
  [
    "onExit",
    [[1], [collect], { onExit: "ignore" }],
    'onExit: was given "ignore", wants one of "continue", "stop", "fail"',
  ],
  ["signal", [[1], [collect], { signal: true }], "signal: was given true, wants an AbortSignal"],
  ["name", [[1], [collect], { name: 1 }], "name: was given 1, wants a string"],
  ["grace", [[1], [collect], { grace: "1 s" }], 'grace: was given "1 s", wants a number of milliseconds'],
  ["options", [[1], [collect], "fast"], 'options: was given "fast", wants an object'],
])(
  "a wrong %s is refused by name, and nothing is touched (%#)",
  async (argument, [source, sinks, options], message) => {
    const out = fanOut(source as never, sinks as never, options as never);
    expect(out.sinks).toEqual([]);
    await expect(within(out)).rejects.toThrow(message);
    await expect(out).rejects.toMatchObject({ name: "ArgumentError", argument });
  },
);

test("an argument that cannot be used leaves the others alone", async () => {
  let pulled = false;
  let ran = false;
  const disk = new Writable();
  const source = (function* () {
    pulled = true;
    yield 1;
  })();
  const run = (): void => {
    ran = true;
  };
  await expect(within(fanOut(source, [disk, run], { buffer: -1 }))).rejects.toThrow("buffer");
  expect([pulled, ran, disk.destroyed, disk.writableEnded]).toEqual([false, false, false, false]);
});
