import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { OwnerDiedError, TimeoutError } from "tailrace";
import { sharedMVar } from "tailrace/threads";
import type { SharedMVar } from "tailrace/threads";
import { afterEach, describe, expect, test } from "vitest";
import { runChild } from "../child.ts";
import { within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { isPossible } from "../watch/watched.ts";
import type { Act, Order, Said } from "./party.child.ts";

nothingIsLeft();

const execArgv = ["--conditions=tailrace-source", "--disable-warning=ExperimentalWarning"];
const workers = new Set<Worker>();

afterEach(async () => {
  for (const worker of workers) await worker.terminate();
  workers.clear();
});

/** A worker that does something with the box; settles when it has begun. */
class Actor {
  readonly worker: Worker = new Worker(new URL("party.child.ts", import.meta.url), { execArgv });
  readonly #said = on(this.worker, "message");

  constructor(box: SharedMVar<number>, act: Act) {
    workers.add(this.worker);
    this.worker.on("error", () => undefined);
    this.worker.postMessage({ act, handle: box.handle } satisfies Order);
  }

  async says(): Promise<Said> {
    const { value } = (await within(this.#said.next(), 20_000)) as { value: [Said] };
    return value[0];
  }
}

/** Begins an act, and waits until whoever does it waits in the box. */
async function begun(box: SharedMVar<number>, act: Act): Promise<Actor> {
  const actor = new Actor(box, act);
  expect(await actor.says()).toEqual({ begun: true });
  return actor;
}

const newBox = (value?: number): SharedMVar<number> => sharedMVar<number>({ name: "box", maxBytes: 16, value });

describe.runIf(isPossible)("a thread that dies", () => {
  test("with the value that was lent to it: the next is told, and the one after that has it", async () => {
    const box = newBox(5);
    const { worker } = await begun(box, "hold");
    const { threadId } = worker;
    const first = box.take({ timeout: 10_000 });
    const second = box.take({ timeout: 10_000 });
    await worker.terminate();
    const error = await within(first.catch((error: unknown) => error));
    expect(error).toBeInstanceOf(OwnerDiedError);
    expect((error as OwnerDiedError).owner).toBe(`thread ${threadId.toString()}`);
    expect(String(error)).toContain('has died with the value that was lent from mvar "box"');
    expect(await within(second)).toBe(5);
  });

  test.each(["hold and end", "throw"] as const)("by itself, in %j, is noticed as well", async (act) => {
    const box = newBox(5);
    const { worker } = new Actor(box, act);
    await new Promise((resolve) => worker.once("exit", resolve));
    await expect(within(box.read({ timeout: 10_000 }))).rejects.toThrow(OwnerDiedError);
    expect(await box.take()).toBe(5);
  });

  test.each(["take", "read", "take sync", "read sync"] as const)(
    "while it waits to %s is waited for no more",
    async (act) => {
      const box = newBox();
      const { worker } = await begun(box, act);
      await worker.terminate();
      const taking = box.take({ timeout: 10_000 });
      await box.put(1);
      expect(await within(taking)).toBe(1);
    },
  );

  test.each(["put", "put sync"] as const)("while it waits to %s has not put", async (act) => {
    const box = newBox(1);
    const { worker } = await begun(box, act);
    await worker.terminate();
    expect(await box.take()).toBe(1);
    await box.put(2);
    expect(await within(box.take())).toBe(2);
  });

  test("is noticed by one that stands still", async () => {
    const box = newBox(5);
    const { worker } = await begun(box, "hold");
    const sleeper = await begun(box, "take sync");
    await worker.terminate();
    const said = await sleeper.says();
    expect("error" in said && said.error).toContain("OwnerDiedError: thread");
    expect(await box.take()).toBe(5);
  });

  test("does not keep a timed wait longer than its time, whatever it holds", async () => {
    const box = newBox(5);
    await begun(box, "hold");
    await expect(box.take({ timeout: 30 })).rejects.toThrow(TimeoutError);
    await expect(box.put(1, { timeout: 30 })).rejects.toThrow(/lent to thread \d+\) waited 30 ms/u);
  });
});

describe.runIf(isPossible)("a wait that others have to end", () => {
  const run = (program: string): ReturnType<typeof runChild> =>
    runChild([...execArgv, "--input-type=module", "--eval", program], import.meta.dirname);

  const program = (work: string): string => `
    import { Worker } from "node:worker_threads";
    import { sharedMVar } from "tailrace/threads";
    const box = sharedMVar({ maxBytes: 64 });
    const worker = new Worker(
      "import { workerData } from 'node:worker_threads';" +
      "import { openSharedMVar } from 'tailrace/threads';" +
      "const box = openSharedMVar(workerData);" + ${JSON.stringify(work)},
      { eval: true, workerData: box.handle, execArgv: [...process.execArgv.filter((arg) => !/eval|import |input/.test(arg)), "--input-type=module"] },
    );
    worker.unref();
    console.log(await box.take());
  `;

  test("keeps the process alive, although Node does not count it", { timeout: 60_000 }, async () => {
    const { code, stdout, stderr } = await run(program("await box.put('hello');"));
    expect(stderr).toBe("");
    expect(stdout).toBe("hello\n");
    expect(code).toBe(0);
  });

  test("keeps it no longer when there is nobody any more", { timeout: 60_000 }, async () => {
    const { code, stdout } = await run(program(""));
    expect(stdout).toBe("");
    expect(code).toBe(13);
  });
});
