// What becomes of all others when one of several processes is killed.
import { once } from "node:events";
import { fork, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { readdir } from "node:fs/promises";
import { OwnerDiedError } from "tailrace";
import { createMVar, createSemaphore, openMVar } from "tailrace/processes";
import type { NamedMVar } from "tailrace/processes";
import { describe, expect, test } from "vitest";
import { within } from "../deadline.ts";
import { errorOf } from "../node/pools.ts";
import { isPossible } from "../watch/watched.ts";
import { execArgv, ownFolder, startOther } from "./parties.ts";

const folder = ownFolder();
const PATIENCE = 20_000;

const box = (value?: number): Promise<NamedMVar<number>> =>
  createMVar<number>({ folder: folder(), ...(value !== undefined && { value }) });

describe.runIf(isPossible)("a process that takes part", () => {
  test("adds up what it takes: 42 and 17 are 59, a hundred times", async () => {
    await using sums = await box();
    const other = await startOther(sums, folder());
    for (let nth = 0; nth < 100; nth++) {
      const sum = other.tell("take twice");
      await sums.put(42);
      await sums.put(17);
      expect(await sum).toBe(59);
    }
  });

  test("is killed while it waits, and the value goes to the next", async () => {
    await using jobs = await box();
    const other = await startOther(jobs, folder());
    void other.tell("take");
    await other.tell("pid"); // it has asked before
    const taken = jobs.take();
    await other.kill();
    await jobs.put(7);
    expect(await within(taken, PATIENCE)).toBe(7);
  });

  test("is killed while it waits to put, and its value does not get in", async () => {
    await using jobs = await box(1);
    const other = await startOther(jobs, folder());
    void other.tell("put", 2);
    await other.tell("pid");
    await other.kill();
    const put = jobs.put(3);
    expect([await jobs.take(), await jobs.take()]).toEqual([1, 3]);
    await put;
  });

  test("is killed in the middle of `with`: the value is as it was, and the next who takes it is told once", async () => {
    await using jobs = await box(5);
    const other = await startOther(jobs, folder());
    void other.tell("with, until killed");
    expect(await other.told()).toBe(5);
    const [first, second, read] = [errorOf(jobs.take()), jobs.take(), jobs.read()];
    expect(await jobs.tryPut(9)).toBe(false);
    await other.kill();
    const owner = `process ${other.pid.toString()}`;
    const error = await within(first, PATIENCE);
    expect(error).toBeInstanceOf(OwnerDiedError);
    expect(error).toMatchObject({ code: "TAILRACE_OWNER_DIED", owner });
    expect(error.message).toBe(
      `take on mvar "${jobs.name}": ${owner} has died while it had the value, which is as it was`,
    );
    expect(await within(Promise.all([second, read]))).toEqual([5, 5]);
  });

  test("is killed after it has taken the only value: whoever waits for it is told who had it", async () => {
    await using jobs = await box(5);
    const other = await startOther(jobs, folder());
    expect(await other.tell("take")).toBe(5);
    await other.kill();
    await expect
      .poll(async () => (await errorOf(jobs.take({ timeout: 20 }))).message)
      .toMatch(new RegExp(`for a value; process ${other.pid.toString()} had the last value, and is gone$`, "u"));
    await jobs.put(6);
    expect(await jobs.take()).toBe(6);
  });

  test("ends right after it has taken a value, which then does not come back", async () => {
    await using jobs = await box(5);
    const other = await startOther(jobs, folder());
    const ended = other.ended();
    void other.tell("take and exit");
    await within(ended, PATIENCE);
    await expect.poll(async () => (await errorOf(jobs.take({ timeout: 20 }))).message).toContain("is gone");
    expect(await jobs.isEmpty()).toBe(true);
  });

  test("is killed with permits: they are free again, and for each one who would get it is told", async () => {
    await using permits = await createSemaphore(2, { folder: folder() });
    const other = await startOther(permits, folder());
    await other.tell("acquire");
    await other.tell("acquire");
    expect(await permits.tryAcquire()).toBeUndefined();
    const waits = Promise.allSettled([permits.acquire(), permits.acquire(), permits.acquire()]);
    await other.kill();
    const [one, two, three] = await within(waits, PATIENCE);
    expect([one.status, two.status, three.status]).toEqual(["rejected", "rejected", "fulfilled"]);
    expect((one as PromiseRejectedResult).reason).toMatchObject({
      code: "TAILRACE_OWNER_DIED",
      message: `acquire on semaphore "${permits.name}": process ${other.pid.toString()} has died while it had a permit, which is free again`,
    });
    expect(await permits.available()).toBe(1);
  });

  test("does not live on for what it has open, and does for what it waits for", async () => {
    await using jobs = await box();
    const script = (what: string): string =>
      `import { openMVar } from "tailrace/processes";
       const box = await openMVar(${JSON.stringify(jobs.name)}, { folder: ${JSON.stringify(folder())} });
       ${what}`;
    const run = (what: string): ChildProcess =>
      spawn(process.execPath, [...execArgv, "--input-type=module", "--eval", script(what)], {
        stdio: "inherit",
        cwd: import.meta.dirname,
      });
    expect(await once(run(""), "exit")).toEqual([0, null]);
    const waits = run("process.exitCode = await box.take();");
    const exit = once(waits, "exit");
    await jobs.put(3);
    await jobs.put(4); // it has taken the other one
    expect(await exit).toEqual([3, null]);
    expect(await jobs.take()).toBe(4);
  });
});

async function startKeeper(name?: string): Promise<{ readonly child: ChildProcess; readonly name: string }> {
  const args = [folder(), ...(name === undefined ? [] : [name])];
  const child = fork(new URL("keeper.child.ts", import.meta.url), args, { execArgv });
  const [told] = (await once(child, "message")) as [string];
  return { child, name: told };
}

describe.runIf(isPossible)("the process that keeps it", () => {
  test("is killed: everything that waits rejects at once, and everything that comes later", async () => {
    const { child, name } = await startKeeper();
    const jobs = await openMVar<string>(name, { folder: folder() });
    const idle = await openMVar<string>(name, { folder: folder() });
    expect(await jobs.take()).toBe("value");
    const waits = [jobs.take(), jobs.read(), jobs.swap("x"), jobs.modify((value) => value)].map(errorOf);
    await jobs.isEmpty();
    child.kill("SIGKILL");
    const owner = `process ${String(child.pid)}`;
    for (const error of await within(Promise.all(waits), PATIENCE)) {
      expect(error).toMatchObject({ name: "OwnerDiedError", code: "TAILRACE_OWNER_DIED", owner });
      expect(error.message).toContain(`: ${owner}, which kept it, has ended, and nothing of it is left`);
    }
    expect(await errorOf(idle.put("late"))).toMatchObject({ owner });
    expect(await errorOf(idle.tryTake())).toMatchObject({ owner });
    expect(await errorOf(openMVar(name, { folder: folder() }))).toMatchObject({ code: "TAILRACE_NAME_GONE" });
    await jobs.close();
    await idle.close();
    await sweep();
  });

  test("is killed in the middle of what others have borrowed: their change is refused", async () => {
    const { child, name } = await startKeeper();
    const jobs = await openMVar<string>(name, { folder: folder() });
    const changed = jobs.modify(async (value) => {
      const exit = once(child, "exit");
      child.kill("SIGKILL");
      await exit;
      return `${value}!`;
    });
    expect(await errorOf(changed)).toMatchObject({ code: "TAILRACE_OWNER_DIED" });
    await within(jobs.close());
    await sweep();
  });

  test("lives on until all others have closed it", async () => {
    const { child, name } = await startKeeper();
    const exit = once(child, "exit");
    const jobs = await openMVar<string>(name, { folder: folder() });
    expect(await jobs.take()).toBe("value");
    child.send("opened");
    await jobs.tryPut("again");
    await jobs.read();
    expect(child.exitCode).toBeNull();
    await jobs.close();
    expect(await within(exit, PATIENCE)).toEqual([0, null]);
  });

  test("was killed, and others get the name that it had", async () => {
    const { child, name } = await startKeeper("jobs");
    expect(name).toBe("jobs");
    const taken = await errorOf(createMVar({ name, folder: folder() }));
    expect(taken).toMatchObject({ code: "TAILRACE_NAME_TAKEN" });
    expect(taken.message).toContain(`process ${String(child.pid)} has that name`);
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    await exit;
    const again = await createMVar<string>({ name, folder: folder() });
    const opened = await openMVar<string>(name, { folder: folder() });
    await opened.put("new");
    expect(await again.take()).toBe("new");
    await opened.close();
    await again.close();
  });
});

/** Whoever makes something next removes what dead processes have left. */
async function sweep(): Promise<void> {
  expect(await readdir(folder())).toHaveLength(1);
  await (await createMVar({ folder: folder() })).close();
  expect(await readdir(folder())).toEqual([]);
}
