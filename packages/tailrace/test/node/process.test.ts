import { PoolClosedError, report, TimeoutError } from "tailrace";
import type { PoolEvent } from "tailrace";
import { ExecutionKilledError, ExitError, processPool, RemoteError } from "tailrace/node";
import { describe, expect, test } from "vitest";
import { isNode } from "../child.ts";
import { within } from "../deadline.ts";
import { errorOf, failureOf, hang, noProcessIsLeft, rawPool } from "./pools.ts";

noProcessIsLeft();

describe.runIf(isNode)("a pool of processes", () => {
  test("has a request run, and tells what is sent before the response", async () => {
    await using pool = rawPool();
    const outputs: unknown[] = [];
    const response = await pool.run(["count", 100], { onOutput: (output) => outputs.push(output) });
    expect(response).toBe("counted");
    expect(outputs).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  });

  test("starts any program, with its arguments, environment and folder", async () => {
    const script = `const fs = require("node:fs"); console.log('{"ready":true}');
      process.stdin.on("data", (line) => {
        const { id } = JSON.parse(line);
        console.log(JSON.stringify({ id, response: [process.argv[1], process.env.COLOUR, process.cwd()] }));
      })`;
    const [cwd, env] = ["/", { COLOUR: "blue" }];
    const options = { command: process.execPath, args: ["-e", script, "--", "first"], env, cwd, checkOnAcquire: false };
    await using pool = processPool<string, string[]>(options);
    expect(await pool.run("what?")).toEqual(["first", "blue", "/"]);
  });

  test("uses a process again, for many requests of one lease as well", async () => {
    await using pool = rawPool();
    const first = await pool.run(["pid"]);
    const pids = await pool.use((process) => Promise.all([1, 2, 3].map(() => process.run(["pid"]))));
    expect(pids).toEqual([first, first, first]);
    expect(pool.stats.totals.spawned).toBe(1);
  });

  test("replaces it after one request, or after so many", async () => {
    await using single = rawPool({ reuse: false });
    await using pairs = rawPool({ maxUses: 2 });
    const pids = { single: new Set<unknown>(), pairs: new Set<unknown>() };
    for (let count = 0; count < 4; count++) {
      pids.single.add(await single.run(["pid"]));
      pids.pairs.add(await pairs.run(["pid"]));
    }
    expect([pids.single.size, pids.pairs.size]).toEqual([4, 2]);
  });

  test("runs as many requests as it has processes, and all the others after them", async () => {
    await using pool = rawPool({ max: 4 });
    await pool.ready();
    const requests = Array.from({ length: 12 }, () => pool.run(["sleep", 100]));
    expect(pool.stats.waiting).toBe(12);
    expect(new Set(await Promise.all(requests)).size).toBe(4);
    expect(pool.stats.totals).toMatchObject({ acquired: 12, spawned: 4, failed: 0 });
  });

  test("passes the error of a function on, and goes on with the same process", async () => {
    await using pool = rawPool();
    const pid = await pool.run(["pid"]);
    const error = await errorOf(pool.run(["unknown"]));
    expect(error).toBeInstanceOf(RemoteError);
    expect(error).toMatchObject({ name: "TypeError", code: "TAILRACE_REMOTE", cause: "as it is" });
    expect(error.message).toContain("is not a function");
    expect(error.stack).toMatch(/raw\.js:\d+/u);
    expect(await pool.run(["pid"])).toBe(pid);
  });

  test("carries values of any size, and what JSON does not have as null", async () => {
    await using pool = rawPool();
    const large = "ü\n".repeat(1_000_000);
    expect(await pool.run(["echo", large])).toBe(large);
    expect(await pool.run(["echo", undefined])).toBeNull();
    await expect(pool.run(["echo", 1n])).rejects.toThrow(TypeError);
    expect(pool.stats.totals.spawned).toBe(1);
  });

  test("reports a request that runs as a wait", async () => {
    await using pool = rawPool({ name: "pages" });
    await pool.ready();
    const { failed } = await hang(pool, { id: "job" });
    expect(report()).toMatch(/^run on process "pages\[1\]" \(pid \d+\) has waited \d\.\d s for its response$/u);
    pool.kill("job");
    await failed;
  });
});

describe.runIf(isNode)("a process is ended, and replaced, when its request", () => {
  test.each([
    ["takes too long", () => ({ timeout: 100 }), "run on process "],
    ["is aborted", () => ({ signal: AbortSignal.timeout(100) }), "The operation was aborted due to timeout"],
  ])("%s", async (_, options, message) => {
    await using pool = rawPool();
    const pid = await pool.run(["pid"]);
    const { failed } = await hang(pool, options());
    expect(await failed).toMatchObject({ name: "TimeoutError", message: expect.stringContaining(message) as string });
    expect(await pool.run(["pid"])).not.toBe(pid);
    expect(pool.stats.totals).toMatchObject({ spawned: 2, terminated: 1, failed: 0 });
  });

  test("is killed, which one that still waits survives", async () => {
    const events: PoolEvent[] = [];
    await using pool = rawPool({ onEvent: (event) => events.push(event) });
    const pid = await pool.run(["pid"]);
    const { failed: running } = await hang(pool, { id: "running" });
    const waiting = errorOf(pool.run(["hang"], { id: "waiting" }));
    expect(await errorOf(pool.run(["hang"], { id: "waiting" }))).toMatchObject({ code: "TAILRACE_ARGUMENT_RANGE" });
    expect(pool.kill("waiting", "no reason")).toBe(true);
    expect(await waiting).toMatchObject({ message: 'execution "waiting" was killed', cause: "no reason" });
    expect(await pool.tryAcquire()).toBeUndefined();
    expect(pool.kill("running")).toBe(true);
    expect(await running).toBeInstanceOf(ExecutionKilledError);
    expect(pool.kill("running")).toBe(false);
    expect(await pool.run(["pid"])).not.toBe(pid);
    const endings = events.flatMap((event) => (event.type === "terminated" ? [event.reason] : []));
    expect(endings).toEqual(["discarded"]);
  });

  test("has a handler of outputs that throws", async () => {
    await using pool = rawPool();
    const fails = (): never => {
      throw new RangeError("no more");
    };
    await expect(pool.run(["count", 3], { onOutput: fails })).rejects.toThrow(new RangeError("no more"));
    expect(await pool.run(["echo", 1])).toBe(1);
  });

  test.each([[false], [true]])("has not begun because it starts still (over a socket: %s)", async (socket) => {
    const pool = rawPool({ socket, max: 2 });
    const refused = errorOf(pool.run(["pid"]));
    await pool.close();
    expect(await refused).toBeInstanceOf(PoolClosedError);
    expect(pool.stats.slots).toMatchObject({ empty: 2 });
  });

  test("still runs when the pool is closed, and the grace is over", async () => {
    const pool = rawPool({ name: "pages" });
    await pool.ready();
    const { failed } = await hang(pool);
    await pool.close({ grace: 50 });
    expect(await failed).toBeInstanceOf(PoolClosedError);
    expect(await errorOf(pool.run(["pid"]))).toBeInstanceOf(PoolClosedError);
  });

  test("was one of several of a lease: then those fail as well", async () => {
    await using pool = rawPool();
    const [first, second] = await pool.use((process) =>
      Promise.all([errorOf(process.run(["hang"], { timeout: 50 })), errorOf(process.run(["hang"]))]),
    );
    expect(first).toBeInstanceOf(TimeoutError);
    expect(second).toBeInstanceOf(ExitError);
    expect(second).toMatchObject({ signal: "SIGTERM" });
    expect(await pool.run(["echo", 1])).toBe(1);
  });
});

describe.runIf(isNode)("a process that ends by itself", () => {
  test("in a request fails that with its exit code and what it has said", async () => {
    await using pool = rawPool();
    const error = await errorOf(pool.run(["exit", 3]));
    expect(error).toBeInstanceOf(ExitError);
    expect(error).toMatchObject({ exitCode: 3, signal: null, stderr: "out of paper\n", code: "TAILRACE_EXIT" });
    expect(error.message).toMatch(
      /^process "process-pool-\d+\[1\]" \(pid \d+\) ended with code 3; its stderr:\nout of/u,
    );
    expect(await pool.run(["echo", 1])).toBe(1);
  });

  test("in a request fails that with the signal", async () => {
    await using pool = rawPool();
    expect(await errorOf(pool.run(["die", "SIGKILL"]))).toMatchObject({ exitCode: null, signal: "SIGKILL" });
    expect(await pool.run(["echo", 1])).toBe(1);
  });

  test("while it is idle is replaced", async () => {
    const events: PoolEvent[] = [];
    let lost = (): void => undefined;
    const isLost = new Promise<void>((resolve) => (lost = resolve));
    const onEvent = (event: PoolEvent): void => {
      events.push(event);
      if (event.type === "terminated") lost();
    };
    await using pool = rawPool({ onEvent });
    const pid = await pool.run(["later"]);
    await within(isLost);
    expect(events).toContainEqual(expect.objectContaining({ type: "terminated", reason: "lost" }));
    expect(await pool.run(["pid"])).not.toBe(pid);
  });

  test("before it is ready fails to start", async () => {
    const error = await failureOf(rawPool({ args: ["exits"], lazy: true }));
    expect(error).toBeInstanceOf(ExitError);
    expect(error).toMatchObject({ exitCode: 2, stderr: "no licence\n" });
  });

  test("cannot be started", async () => {
    const error = await failureOf(processPool({ command: "/no/such/program", lazy: true }));
    expect(error).toMatchObject({ code: "TAILRACE_EXIT", exitCode: null, cause: { code: "ENOENT" } });
  });
});

describe.runIf(isNode)("a process that does not answer", () => {
  test("when it is started fails in the time that the pool leaves for that", async () => {
    const error = await failureOf(rawPool({ args: ["silent"], stepTimeouts: { spawn: 100 }, lazy: true }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ message: expect.stringContaining("spawn of slot") as string });
  });

  test("before a request is replaced without that noticing", async () => {
    await using pool = rawPool({ stepTimeouts: { check: 200 } });
    const pid = await pool.run(["block"]);
    expect(await pool.run(["pid"])).not.toBe(pid);
  });
});

test.runIf(isNode)("what no process can be made of is refused", () => {
  expect(() => processPool({})).toThrow("command: was given undefined, wants a program, or else a module");
  expect(() => processPool({ command: "a", module: "b" })).toThrow("wants nothing beside module");
  expect(() => processPool({ command: "a", killAfter: -1 })).toThrow("killAfter: was given -1");
  expect(() => processPool({ command: "a", args: [1 as never] })).toThrow("args[0]: was given 1, wants a string");
});
