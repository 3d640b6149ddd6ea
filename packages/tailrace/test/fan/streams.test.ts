import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { PassThrough, Readable, Transform, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { channel, EarlyExitError, fanOut, report } from "tailrace";
import type { TaskContext } from "tailrace";
import { describe, expect, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { collect, range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { counted, witness } from "./sinks.ts";
import { told } from "../told.ts";

nothingIsLeft();

/** A writable of Node that keeps what it is given, and takes its time for each chunk. */
function keeping(highWaterMark = 4): { stream: Writable; chunks: unknown[]; most: () => number } {
  const chunks: unknown[] = [];
  let most = 0;
  const stream = new Writable({
    objectMode: true,
    highWaterMark,
    write(chunk, _encoding, done) {
      most = Math.max(most, stream.writableLength);
      chunks.push(chunk);
      setImmediate(done);
    },
  });
  return { stream, chunks, most: () => most };
}

describe("a writable stream of Node", () => {
  test("gets every item, is ended, and is never given more than it wants", async () => {
    const { stream, chunks, most } = keeping();
    const out = fanOut(counted(100).items, { stream, list: collect<number> });
    expect(await within(out)).toEqual({ stream: undefined, list: range(100) });
    expect(chunks).toEqual(range(100));
    expect(most()).toBeLessThanOrEqual(4);
    expect([stream.writableFinished, stream.closed]).toEqual([true, true]);
    expect(out.sinks[0]).toMatchObject({ name: "stream", delivered: 100, status: "succeeded" });
    expect(stream.eventNames().filter((name) => name === "error" || name === "close" || name === "finish")).toEqual([]);
  });

  test("that fails, fails the fan-out with its error", async () => {
    const error = new Error("disk full");
    let writes = 0;
    const stream = new Writable({
      objectMode: true,
      write(_chunk, _encoding, done) {
        done(++writes === 3 ? error : null);
      },
    });
    const { items, state } = counted(1e9);
    await expect(within(fanOut(items, [stream, collect]))).rejects.toBe(error);
    expect(state.closed).toBe(true);
  });

  test("that fails while it is idle, fails the fan-out at once", async () => {
    const { stream } = keeping();
    const source = channel<number>();
    const out = fanOut(source, [stream]);
    await idle();
    stream.destroy(new Error("unplugged"));
    await expect(within(out)).rejects.toThrow("unplugged");
  });

  test.each([
    ["idle", 0],
    ["full", 1e9],
  ])("that is closed by somebody else while %s is an error, as not all was written", async (_, count) => {
    const stream = new Writable({
      objectMode: true,
      highWaterMark: 1,
      write() {
        /* never done */
      },
    });
    const source = channel<number>({ capacity: 100 });
    for (let i = 0; i < Math.min(count, 100); i++) source.trySend(i);
    const out = fanOut(source, { disk: stream });
    await idle();
    stream.destroy();
    await expect(within(out)).rejects.toThrow('sink "disk": its stream was closed before the last item was written');
    await expect(out).rejects.toBeInstanceOf(EarlyExitError);
  });

  test.each<[string, (stream: Writable) => unknown]>([
    ["ended", (stream) => stream.end()],
    ["destroyed", (stream) => stream.destroy()],
  ])("that is %s already is an error", async (_, close) => {
    const { stream } = keeping();
    close(stream);
    await expect(within(fanOut([1], [stream]))).rejects.toBeInstanceOf(EarlyExitError);
  });

  test("that is full is named while it is waited for", async () => {
    let goOn = (): void => undefined;
    const stream = new Writable({
      objectMode: true,
      highWaterMark: 1,
      write(_chunk, _encoding, done) {
        goOn = done;
      },
    });
    const out = fanOut([1], { disk: stream });
    await idle();
    expect(told()).toContain(
      'task "disk": write on stream "disk" (full) has waited … s for it to take what was written',
    );
    goOn();
    await within(out);
  });

  test("that transforms is finished while somebody else reads it", async () => {
    const upper = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        done(null, chunk.toString().toUpperCase());
      },
    });
    const read = text(upper);
    await within(fanOut(["a", "b"], [upper]));
    expect(await within(read)).toBe("AB");
  });

  test("whose readable side nobody reads is named", async () => {
    const unread = new PassThrough({ objectMode: true, highWaterMark: 1 });
    const stop = new AbortController();
    const out = fanOut(range(10), { unread }, { signal: stop.signal });
    await idle();
    expect(report()).toContain('write on stream "unread" (full)');
    stop.abort(new Error("enough"));
    await expect(within(out)).rejects.toThrow("enough");
    expect(unread.destroyed).toBe(true);
  });

  test("may be an HTTP request", async () => {
    const server = createServer((incoming, response) => {
      void text(incoming).then((body) => response.end(body.length.toString()));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const upload = request({ port, host: "127.0.0.1", method: "PUT" });
    const answer = once(upload, "response") as Promise<[Readable]>;
    await within(
      fanOut(
        range(100).map(() => "x".repeat(1000)),
        [upload],
      ),
    );
    expect(await within(answer.then(([response]) => text(response)))).toBe("100000");
    server.close();
    server.closeAllConnections();
  });

  test("that fails while it is destroyed adds its error to the first", async () => {
    const error = new Error("first");
    const second = new Error("cannot close");
    const stream = new Writable({
      objectMode: true,
      write(_chunk, _encoding, done) {
        done();
      },
      destroy(_error, done) {
        done(second);
      },
    });
    await expect(within(fanOut(range(5), [stream, failingAt(1, error)]))).rejects.toMatchObject({
      errors: [error, second],
    });
  });

  test("that fails is known to the others before it has cleaned up", async () => {
    const error = new Error("disk full");
    let closed = false;
    const stream = new Writable({
      objectMode: true,
      write(_chunk, _encoding, done) {
        done(error);
      },
      destroy(reason, done) {
        setTimeout(() => {
          closed = true;
          done(reason);
        }, 5);
      },
    });
    const { run, seen } = witness<number>();
    let closedBefore: boolean | undefined;
    const watch = async (items: AsyncIterable<number>, task: TaskContext): Promise<void> => {
      await run(items, task).finally(() => {
        closedBefore = closed;
      });
    };
    const source = channel<number>({ capacity: 1 });
    source.trySend(1);
    await expect(within(fanOut(source, { stream, watch }))).rejects.toBe(error);
    expect([closedBefore, closed, seen.error]).toEqual([false, true, error]);
  });

  test("that never says that it is closed is waited for no longer than the grace", async () => {
    const error = new Error("disk full");
    const stream = new Writable({
      emitClose: false,
      write(_chunk, _encoding, done) {
        done(error);
      },
    });
    await expect(within(fanOut(["a"], [stream], { grace: 5 }))).rejects.toBe(error);
  });
});

/** A sink that fails at a certain item. */
function failingAt(fatal: number, error: Error) {
  return async (items: AsyncIterable<number>): Promise<void> => {
    for await (const item of items) if (item === fatal) throw error;
  };
}

test("standard output is written to, but neither ended nor destroyed", async () => {
  const written: unknown[] = [];
  const stream = new Writable({
    objectMode: true,
    write(chunk, _encoding, done) {
      written.push(chunk);
      done();
    },
  });
  Object.assign(stream, { _isStdio: true });
  await within(fanOut(["a", "b"], [stream]));
  await expect(within(fanOut([1, 2], [stream, failingAt(2, new Error("elsewhere"))]))).rejects.toThrow("elsewhere");
  expect(written.slice(0, 2)).toEqual(["a", "b"]);
  expect([stream.writableEnded, stream.destroyed]).toEqual([false, false]);
});

describe("a web stream", () => {
  function web(highWaterMark: number): { stream: WritableStream<number>; log: unknown[] } {
    const log: unknown[] = [];
    const stream = new WritableStream<number>(
      {
        async write(chunk) {
          await idle();
          log.push(chunk);
        },
        close() {
          log.push("close");
        },
        abort(reason) {
          log.push(reason);
        },
      },
      { highWaterMark },
    );
    return { stream, log };
  }

  test.each([0, 1, 8])("with high-water mark %i gets every item, is closed, and is let go", async (highWaterMark) => {
    const { stream, log } = web(highWaterMark);
    await within(fanOut(range(20), [stream, collect]));
    expect(log).toEqual([...range(20), "close"]);
    expect(stream.locked).toBe(false);
  });

  test("that fails while it is idle, fails the fan-out at once", async () => {
    const error = new Error("gone");
    let controller: WritableStreamDefaultController | undefined;
    const stream = new WritableStream({
      start(given) {
        controller = given;
      },
    });
    const out = fanOut(channel<number>(), [stream]);
    await idle();
    controller?.error(error);
    await expect(within(out)).rejects.toBe(error);
  });

  test("that fails to write, or to close, fails the fan-out", async () => {
    const error = new Error("gone");
    await expect(
      within(
        fanOut(range(9), [
          new WritableStream({
            write() {
              throw error;
            },
          }),
        ]),
      ),
    ).rejects.toBe(error);
    await expect(
      within(
        fanOut(range(9), [
          new WritableStream({
            close() {
              throw error;
            },
          }),
        ]),
      ),
    ).rejects.toBe(error);
  });

  test("that fails while it is aborted adds its error to the first", async () => {
    const [error, second] = [new Error("first"), new Error("cannot abort")];
    const stream = new WritableStream<number>({
      abort() {
        throw second;
      },
    });
    await expect(within(fanOut(range(5), [stream, failingAt(1, error)]))).rejects.toMatchObject({
      errors: [error, second],
    });
  });

  test("is aborted with the reason, and does not see an end, when another sink fails", async () => {
    const error = new Error("elsewhere");
    const { stream, log } = web(4);
    const bad = async (items: AsyncIterable<number>): Promise<void> => {
      for await (const item of items) if (item === 3) throw error;
    };
    await expect(within(fanOut(counted(100).items, [stream, bad], { buffer: 1 }))).rejects.toBe(error);
    expect(log.at(-1)).toBe(error);
    expect(log).not.toContain("close");
  });

  test("may be one end of a transform that is read meanwhile", async () => {
    const { readable, writable } = new TransformStream<number, number>();
    const read = collect(readable);
    await within(fanOut(range(50), [writable]));
    expect(await within(read)).toEqual(range(50));
  });
});

test("streams take settings like functions do", async () => {
  const { stream, chunks } = keeping();
  const out = fanOut(range(10), { disk: { run: stream, name: "archive", capacity: 1, slow: "wait" } });
  await within(out);
  expect(out.sinks[0]).toMatchObject({ name: "archive", delivered: 10, maxLag: 1 });
  expect(chunks).toEqual(range(10));
});

test("bytes of a source of Node arrive whole at sinks of both kinds", async () => {
  const source = Readable.from(range(200).map((i) => Buffer.alloc(1000, i)));
  const total = Buffer.concat(range(200).map((i) => Buffer.alloc(1000, i)));
  const node = new PassThrough();
  const { readable, writable } = new TransformStream<Buffer, Buffer>();
  const both = Promise.all([collect<Buffer>(node), collect(readable)]);
  await within(fanOut(source, [node, writable]));
  for (const chunks of await within(both)) expect(Buffer.concat(chunks).equals(total)).toBe(true);
});
