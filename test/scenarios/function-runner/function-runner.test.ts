// A queue of user functions, each run once in a process of its own; four processes.
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processPool } from "tailrace/node";
import { expect, test } from "vitest";
import { openQueue } from "./queue.ts";
import type { Queue } from "./queue.ts";
import { runFunctions } from "./runner.ts";
import type { Outcome, Processes, UserFunction } from "./runner.ts";

const MANY = 4;

/** What the engine has compiled for one process stays for the next. */
const COMPILED = join(import.meta.dirname, "../../../node_modules/.cache/functions");

/** Processes start late on a busy machine. */
const PATIENT = { timeout: 20_000 };

interface Service extends AsyncDisposable {
  readonly queue: Queue;
  readonly processes: Processes;
  /** In which each process leaves its number, and in which none starts while there is a file `broken`. */
  readonly folder: string;
  readonly outcomes: readonly Outcome[];
  /** The messages that were taken, with how often. */
  readonly taken: readonly string[];
  /** Most messages that were taken and not answered for at a time. */
  readonly most: number;
  /** Settles when there are so many outcomes. */
  readonly until: (outcomes: number) => Promise<void>;
}

async function open(executionTimeout = 60_000): Promise<Service> {
  const folder = await mkdtemp(join(tmpdir(), "tailrace-functions-"));
  const processes: Processes = processPool<UserFunction, string, string>({
    name: "functions",
    module: new URL("function.child.ts", import.meta.url),
    execArgv: ["--conditions=tailrace-source", "--no-warnings"],
    args: [folder],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
    max: MANY,
    reuse: false,
    order: "fifo",
    retryDelay: 20,
    retryCap: 100,
  });
  await processes.ready();
  const queue = openQueue();
  const stop = new AbortController();
  const outcomes: Outcome[] = [];
  const changed = new EventTarget();
  const taken: string[] = [];
  let most = 0;
  const watched: Queue = {
    ...queue,
    async take(signal) {
      const delivery = await queue.take(signal);
      most = Math.max(most, queue.open);
      taken.push(`${delivery.attempt.toString()}: ${delivery.body}`);
      return delivery;
    },
  };
  const running = runFunctions({
    queue: watched,
    processes,
    publish(outcome) {
      outcomes.push(outcome);
      changed.dispatchEvent(new Event("outcome"));
    },
    signal: stop.signal,
    executionTimeout,
    acquireTimeout: 500,
    redeliverAfter: 20,
  });
  return {
    queue,
    processes,
    folder,
    outcomes,
    taken,
    get most() {
      return most;
    },
    async until(many) {
      while (outcomes.length < many) await once(changed, "outcome");
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
      await processes.close({ grace: 0 });
      await rm(folder, { recursive: true });
    },
  };
}

function message(id: string, does: UserFunction["does"], input = id): string {
  return JSON.stringify({ id, does, input });
}

/** As many functions succeed as there are processes: none was lost on the way. */
async function isWhole(service: Service): Promise<void> {
  const before = service.outcomes.length;
  for (let i = 0; i < MANY; i++) service.queue.put(message(`again ${i.toString()}`, "slow"));
  await service.until(before + MANY);
  expect(service.outcomes.slice(before).map(({ status }) => status)).toEqual(Array(MANY).fill("succeeded"));
  await service.processes.ready();
  const { slots } = service.processes.stats;
  expect(Object.values(slots).reduce((sum, many) => sum + many, 0)).toBe(MANY);
  expect(slots.quarantined + slots.leased).toBe(0);
}

test("three times as many as there are processes: all succeed, the rest waits in the queue, each in a process of its own", async () => {
  await using service = await open();
  const ids = Array.from({ length: 3 * MANY }, (_, i) => i.toString());
  for (const id of ids) service.queue.put(message(id, "slow"));
  await service.until(ids.length);
  expect(service.outcomes.map(({ id }) => id).sort()).toEqual([...ids].sort());
  expect(service.outcomes.filter(({ status }) => status !== "succeeded")).toEqual([]);
  const pids = service.outcomes.map((outcome) => outcome.status === "succeeded" && outcome.output.split(" by ")[1]);
  expect(new Set(pids).size).toBe(ids.length);
  expect(service.most).toBeLessThanOrEqual(MANY);
  await isWhole(service);
});

test("what arrives broken, fails, hangs, is killed or dies costs no process", async () => {
  await using service = await open(3000);
  const { processes, queue } = service;
  await processes.use(({ pid = 0 }) => process.kill(pid, "SIGKILL"));
  for (let i = 0; i < 2 * MANY; i++) {
    queue.put(i % 2 === 0 ? "{not a function" : new Error("the connection to the broker is lost"));
  }
  for (let i = 0; i < 2; i++) {
    queue.put(message(`fails ${i.toString()}`, "fail", "no such thing"));
    queue.put(message(`hangs ${i.toString()}`, "hang"));
  }
  queue.put(message("counts", "progress", "one two three"));
  await expect.poll(() => processes.kill("hangs 0", new Error("not wanted any more")), PATIENT).toBe(true);
  await service.until(MANY + 5);
  const told = service.outcomes.map(({ status, ...rest }) => `${status}: ${"error" in rest ? rest.error : ""}`).sort();
  expect(told).toEqual([
    ...Array<string>(2).fill("failed: RangeError: no such thing"),
    'killed: ExecutionKilledError: execution "hangs 0" was killed',
    ...Array<string>(MANY).fill("malformed: {not a function"),
    "succeeded: ",
    expect.stringMatching(/^timed-out: TimeoutError: .*3000 ms/u),
  ]);
  expect(service.outcomes.find(({ id }) => id === "counts")).toMatchObject({ progress: ["one", "two", "three"] });
  await isWhole(service);
});

test("a message whose function could not begin comes again; one that has begun does not", async () => {
  await using service = await open();
  const { processes, queue, folder } = service;
  const broken = join(folder, "broken");
  const pids = await readdir(folder);
  await writeFile(broken, "");
  for (const pid of pids) process.kill(Number(pid), "SIGKILL");
  await expect.poll(() => processes.stats.slots.quarantined, PATIENT).toBe(MANY - 1); // one is admitted
  const patient = message("patient", "echo");
  queue.put(patient);
  await expect.poll(() => processes.stats.totals.timeouts, PATIENT).toBe(1);
  await expect.poll(() => queue.waiting, PATIENT).toBe(1);
  expect([service.outcomes, queue.open]).toEqual([[], 0]);
  await rm(broken);
  await service.until(1);
  expect(service.outcomes).toMatchObject([{ id: "patient", status: "succeeded" }]);
  queue.put(message("fails", "fail"));
  await service.until(2);
  await isWhole(service);
  expect(service.taken.slice(0, 3)).toEqual([`1: ${patient}`, `2: ${patient}`, `1: ${message("fails", "fail")}`]);
});
