import { getEventListeners } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { PassThrough, Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { ArgumentError, channel, fanOut, report, UnpolledSinkError } from "tailrace";
import type { TaskContext } from "tailrace";
import { describe, expect, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { collect } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { untilAborted } from "../tasks.ts";
import { counted, witness } from "./sinks.ts";
import { told } from "../told.ts";

nothingIsLeft();

const error = new Error("the first one");

/** A sink that fails when it has taken so many items. */
function failing(after: number) {
  return async (items: AsyncIterable<unknown>): Promise<void> => {
    let taken = 0;
    if (taken === after) throw error;
    for await (const item of items) if (++taken === after) throw Object.assign(error, { item });
    throw error;
  };
}

describe.each([0, 1, 16])("with buffer %i", (buffer) => {
  describe.each<
    [
      string,
      (run: (items: AsyncIterable<unknown>, task: TaskContext) => Promise<void>) => {
        work: Promise<unknown>;
        closed?: () => boolean;
      },
    ]
  >([
    [
      "a source whose first pull fails",
      (run) => ({
        work: fanOut(
          (async function* () {
            yield await Promise.reject(error);
          })(),
          [run, collect],
          { buffer },
        ),
      }),
    ],
    [
      "a source whose later pull fails",
      (run) => ({
        work: fanOut(
          (async function* () {
            yield 1;
            yield 2;
            await idle();
            throw error;
          })(),
          [run, collect],
          { buffer },
        ),
      }),
    ],
    [
      "a synchronous source that fails",
      (run) => ({
        work: fanOut(
          (function* () {
            yield 1;
            throw error;
          })(),
          [run, collect],
          { buffer },
        ),
      }),
    ],
    [
      "a stream of Node that fails",
      (run) => ({
        work: fanOut(
          new Readable({
            objectMode: true,
            read() {
              this.push(1);
              this.destroy(error);
            },
          }),
          [run, collect],
          { buffer },
        ),
      }),
    ],
    [
      "a web stream that fails",
      (run) => ({
        work: fanOut(
          new ReadableStream({
            pull(controller) {
              controller.error(error);
            },
          }),
          [run, collect],
          { buffer },
        ),
      }),
    ],
    [
      "a sink that throws before it asks",
      (run) => {
        const { items, state } = counted(1000);
        return {
          work: fanOut(
            items,
            [
              run,
              () => {
                throw error;
              },
            ],
            { buffer },
          ),
          closed: () => state.pulled === 0,
        };
      },
    ],
    [
      "a sink that rejects before it asks",
      (run) => {
        const { items, state } = counted(1000);
        return { work: fanOut(items, [run, failing(0)], { buffer }), closed: () => state.pulled === 0 };
      },
    ],
    [
      "a sink that fails while it works",
      (run) => {
        const { items, state } = counted(1000);
        return { work: fanOut(items, [run, failing(3)], { buffer }), closed: () => state.closed };
      },
    ],
    [
      "a route function that throws",
      (run) => {
        const { items, state } = counted(1000);
        const route = (item: number): number => {
          if (item === 3) throw error;
          return 0;
        };
        return { work: fanOut(items, [run, collect], { buffer, route }), closed: () => state.closed };
      },
    ],
    [
      "an outer signal that aborts meanwhile",
      (run) => {
        const { items, state } = counted(1e9);
        const controller = new AbortController();
        const work = fanOut(items, [run, collect], { buffer, signal: controller.signal });
        void sleep(2).then(() => {
          controller.abort(error);
        });
        return { work, closed: () => state.closed };
      },
    ],
  ])("%s", (_, begin) => {
    test("aborts the other sinks with its error, closes the source, and is what the fan-out rejects with", async () => {
      const { run, seen } = witness<unknown>();
      const { work, closed } = begin(run);
      await expect(within(work)).rejects.toBe(error);
      expect(seen.ending).toBe("error");
      expect(seen.error).toBe(error);
      expect(seen.reason).toBe(error);
      expect(closed?.() ?? true).toBe(true);
    });
  });
});

test("a sink that fails after its last item fails the fan-out", async () => {
  await expect(within(fanOut([1, 2], [failing(9), collect]))).rejects.toBe(error);
});

test("a signal that has aborted already: no function runs, nothing is pulled, streams are destroyed", async () => {
  const source = new Readable({
    objectMode: true,
    read() {
      this.push(1);
    },
  });
  const disk = new PassThrough();
  let reason: unknown;
  const web = new WritableStream({
    abort(given) {
      reason = given;
    },
  });
  let ran = false;
  const out = fanOut(
    source,
    [
      disk,
      web,
      () => {
        ran = true;
      },
    ],
    { signal: AbortSignal.abort(error) },
  );
  await expect(within(out)).rejects.toBe(error);
  expect([ran, source.destroyed, disk.destroyed, disk.errored, reason]).toEqual([false, true, true, error, error]);
  expect(out.sinks.map((sink) => sink.status)).toEqual(["aborted", "aborted", "aborted"]);
});

test("streams on both sides are destroyed or cancelled when a sink fails", async () => {
  let cancelled = false;
  const source = new ReadableStream({
    pull(controller) {
      controller.enqueue("x".repeat(100_000));
    },
    async cancel() {
      await sleep(1);
      cancelled = true;
    },
  });
  const disk = new Writable({
    write(_chunk, _encoding, done) {
      setImmediate(done);
    },
  });
  let reason: unknown;
  const live = new WritableStream({
    abort(given) {
      reason = given;
    },
  });
  await expect(within(fanOut(source, { disk, live, bad: failing(3) }))).rejects.toBe(error);
  expect([cancelled, disk.destroyed, disk.errored, reason, source.locked, live.locked]).toEqual([
    true,
    true,
    error,
    error,
    false,
    false,
  ]);
});

test("a source of Node is destroyed and has released what it holds when the fan-out settles", async () => {
  let released = false;
  const source = new Readable({
    objectMode: true,
    read() {
      this.push(1);
    },
    destroy(reason, done) {
      setTimeout(() => {
        released = true;
        done(reason);
      }, 2);
    },
  });
  await expect(within(fanOut(source, [failing(2)]))).rejects.toBe(error);
  expect(released).toBe(true);
});

test("a source that failed before it was read fails the fan-out, and not the process", async () => {
  const source = new Readable({
    read() {
      /* never */
    },
  });
  const slow = async (items: AsyncIterable<unknown>): Promise<unknown> => {
    await sleep(5);
    return collect(items);
  };
  const out = fanOut(source, [slow]);
  source.destroy(error);
  await expect(within(out)).rejects.toBe(error);
});

describe("a bad route", () => {
  const sinks = { disk: collect<number>, live: collect<number> };
  test.each<[unknown, string]>([
    [2, 'route of item 1: was given 2, wants an index below 2, one of "disk", "live", or an array of these'],
    [-1, "route of item 1: was given -1"],
    [0.5, "route of item 1: was given 0.5"],
    [NaN, "route of item 1: was given NaN"],
    ["tape", 'route of item 1: was given "tape"'],
    [undefined, "route of item 1: was given undefined"],
    [[0, 7], "route of item 1: was given 7"],
    [Promise.resolve(0), "route of item 1: was given an instance of Promise"],
    [{}, "route of item 1: was given an object"],
  ])("%s fails the fan-out with what it was and what is wanted", async (key, message) => {
    const { items, state } = counted(10);
    const work = fanOut(items, sinks, { route: (_, index) => (index === 1 ? (key as number) : 0) });
    await expect(within(work)).rejects.toThrow(message);
    await expect(work).rejects.toBeInstanceOf(ArgumentError);
    expect(state.closed).toBe(true);
  });
});

test.each<[string, unknown, string]>([
  ["too short", [1], "item 1 of the source: was given an array of length 1, wants one element for each of the 2 sinks"],
  [
    "too long",
    [1, 2, 3],
    "item 1 of the source: was given an array of length 3, wants one element for each of the 2 sinks",
  ],
  ["not iterable", 5, "item 1 of the source: was given 5, wants one element for each of the 2 sinks"],
  ["nothing", undefined, "item 1 of the source: was given undefined, wants one element for each of the 2 sinks"],
])("an item to zip that is %s fails the fan-out", async (_, item, message) => {
  const { run, seen } = witness<number>();
  const work = fanOut([[1, 2], item as number[]], [run, collect], { route: "zip" });
  await expect(within(work)).rejects.toThrow(message);
  expect(seen.ending).toBe("error");
});

describe("a sink that never asks", () => {
  test("and returns is reported by name", async () => {
    const { items, state } = counted(5);
    const { run, seen } = witness<number>();
    const work = fanOut(items, { run, forgot: () => Promise.resolve("done") });
    await expect(within(work)).rejects.toThrow('sink "forgot" ended without ever asking for an item');
    await expect(work).rejects.toMatchObject({
      name: "UnpolledSinkError",
      code: "TAILRACE_UNPOLLED_SINK",
      sink: "forgot",
    });
    await expect(work).rejects.toBeInstanceOf(UnpolledSinkError);
    expect(seen.ending).toBe("error");
    expect(state.pulled).toBe(0);
  });

  test("is reported whatever its policy, also when the source has ended before", async () => {
    const late = async (): Promise<void> => {
      await sleep(3);
    };
    const work = fanOut([1, 2], [collect, { run: late, slow: "drop-newest", name: "late" }]);
    await expect(within(work)).rejects.toMatchObject({ name: "UnpolledSinkError", sink: "late" });
  });

  test("may get an iterator, as long as it does not ask", async () => {
    const work = fanOut(
      [1],
      [
        (items) => {
          items[Symbol.asyncIterator]();
        },
      ],
    );
    await expect(within(work)).rejects.toBeInstanceOf(UnpolledSinkError);
  });

  test("is no second failure if it returns because of the first, or because the others have left", async () => {
    const obeys = async (_: unknown, { signal }: TaskContext): Promise<void> => {
      await untilAborted({ signal }).catch(() => undefined);
    };
    await expect(within(fanOut([1], [obeys, failing(0)]))).rejects.toBe(error);
    const fails = (function* (): Generator<number> {
      throw error;
    })();
    await expect(within(fanOut(fails, [{ run: obeys, slow: "latest" }]))).rejects.toBe(error);
    const gate = channel<"go">();
    const late = { run: (): Promise<string> => gate.receive(), slow: "drop-newest" } as const;
    const leaves = async (items: AsyncIterable<number>): Promise<void> => {
      for await (const item of items) if (item === 0) break;
    };
    const out = fanOut(counted(1e9).items, [leaves, late], { onExit: "stop" });
    await idle();
    await within(gate.send("go"));
    expect(await within(out)).toEqual([undefined, "go"]);
  });

  test("but throws, fails with its own error", async () => {
    await expect(within(fanOut([1], [() => Promise.reject(error)]))).rejects.toBe(error);
  });
});

describe("more than one failure", () => {
  test("is gathered behind the first, echoes of the first are not", async () => {
    const second = new Error("clean-up failed");
    const out = fanOut(
      counted(100).items,
      {
        cleans: (_, { signal }) =>
          untilAborted({ signal }).catch(() => {
            throw second;
          }),
        wraps: (_, { signal }) =>
          untilAborted({ signal }).catch((cause: unknown) => {
            throw new Error("upload", { cause });
          }),
        echoes: async (items) => {
          await collect(items);
        },
        fails: failing(0),
      },
      { name: "copy" },
    );
    await expect(within(out)).rejects.toMatchObject({
      name: "AggregateError",
      errors: [error, second],
      cause: error,
      message: 'fan-out "copy": 2 failures, first: the first one',
    });
    expect(out.sinks.map((sink) => sink.status)).toEqual(["failed", "aborted", "aborted", "failed"]);
  });

  test("includes the clean-up of the source", async () => {
    const second = new Error("cannot close");
    async function* source(): AsyncGenerator<number> {
      try {
        for (;;) yield await Promise.resolve(1);
      } finally {
        throw second;
      }
    }
    await expect(within(fanOut(source(), [failing(2)]))).rejects.toMatchObject({ errors: [error, second] });
    const leaves = async (items: AsyncIterable<number>): Promise<void> => {
      for await (const item of items) if (item === 1) break;
    };
    await expect(within(fanOut(source(), [leaves]))).rejects.toBe(second);
  });

  test.each([undefined, null, 0, "text"])("may be any value, %s too", async (reason) => {
    const bad = (): Promise<never> => {
      const given = reason as unknown as Error;
      return Promise.reject(given);
    };
    await expect(within(fanOut([1], [bad, collect]))).rejects.toBe(reason);
  });
});

test("steps that were asked for and dropped, before or after the failure, leave no unhandled rejection", async () => {
  const careless = async (items: AsyncIterable<number>, { signal }: TaskContext): Promise<void> => {
    const iterator = items[Symbol.asyncIterator]();
    void iterator.next();
    void iterator.next();
    await untilAborted({ signal }).catch(() => void iterator.next());
  };
  await expect(within(fanOut(channel<number>(), [careless, failing(0)]))).rejects.toBe(error);
});

test("no listener is left on the outer signal", async () => {
  const { signal } = new AbortController();
  await within(fanOut([1], [collect], { signal }));
  await expect(within(fanOut([1], [failing(0)], { signal }))).rejects.toBe(error);
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

describe("what cannot be ended", () => {
  test("a source that never answers is left behind after the grace, and stays in the report", async () => {
    let answer = (): void => undefined;
    const source = (async function* () {
      yield 1;
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      yield 2;
    })();
    const fails = async (items: AsyncIterable<number>): Promise<void> => {
      for await (const item of items) {
        expect(item).toBe(1);
        await idle();
        throw error;
      }
    };
    const out = fanOut(source, [fails], { grace: 5, name: "copy" });
    await expect(within(out)).rejects.toBe(error);
    expect(told()).toContain(
      'close on source "copy" has waited … s for it to close; its last pull may still be under way',
    );
    answer();
    await idle();
  });

  test("a sink that ignores its signal is left behind after the grace, and can do no harm later", async () => {
    let answer = (): void => undefined;
    const deaf = (): Promise<never> =>
      new Promise((_, reject) => {
        answer = () => {
          reject(new Error("too late"));
        };
      });
    const out = fanOut([1], { deaf, bad: failing(0) }, { grace: 5, name: "copy" });
    await expect(within(out)).rejects.toBe(error);
    expect(report()).toMatch(/finish on fan-out "copy" \(running: "deaf"\) has waited .* for its sinks to end/u);
    answer();
    await idle();
  });
});

describe("requests over HTTP", () => {
  test("a host that refuses aborts the uploads to the others, which the servers see as cut short", async () => {
    const ends: string[] = [];
    const server = createServer((request, response) => {
      request
        .on("end", () => ends.push("complete"))
        .on("close", () => {
          if (!request.complete) ends.push("cut short");
        })
        .resume();
      request.on("error", () => undefined);
      request.on("end", () => response.end("ok"));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const refused = createServer();
    await new Promise<void>((resolve) => refused.listen(0, "127.0.0.1", resolve));
    const ports = [server, server, refused].map((one) => (one.address() as AddressInfo).port);
    await new Promise((resolve) => refused.close(resolve));

    const { items, state } = counted(1e9);
    const bytes = (async function* () {
      for await (const item of items) yield [item, item, item].map(() => new Uint8Array(1000));
    })();
    const upload =
      (port: number | undefined) =>
      async (chunks: AsyncIterable<Uint8Array>, { signal }: TaskContext): Promise<string> => {
        const body = ReadableStream.from(chunks);
        const init = { method: "PUT", body, duplex: "half", signal } as const;
        const response = await fetch(`http://127.0.0.1:${String(port)}/`, init);
        return response.text();
      };
    await expect(within(fanOut(bytes, ports.map(upload), { route: "zip" }))).rejects.toThrow(
      /fetch failed|ECONNREFUSED/u,
    );
    expect(ends).not.toContain("complete");
    expect(state.pulled === 0 || state.closed).toBe(true);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await idle();
  });
});
