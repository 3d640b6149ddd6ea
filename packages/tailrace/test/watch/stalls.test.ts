// What the watch prints of a process that goes on while operations wait for too long. Each program is a process of its
// own, with a timer that keeps it alive, and ends when it has been looked at often enough.
import { describe, expect, test } from "vitest";
import { isPossible, runWatched } from "./watched.ts";

/** Milliseconds. Short, because the tests wait for it; the load of the machine only makes them later. */
const STALL_AFTER = 40;

/** Runs programs under the watch, in one process, and tells what it prints, without times. */
async function run(...programs: readonly string[]): Promise<string> {
  const program = programs.map((one) => `{\n${one}\n}`).join("\n");
  const { code, stderr } = await runWatched(`${PRELUDE}\n${program}`);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return stderr.replaceAll(/\d+\.\d s/gu, "… s");
}

/** A loaded machine shuts the event loop of such a process for as long as that. */
const SHUT = /^tailrace: starved: .*\n/gmu;

const PRELUDE = `
import { after, all, any, broadcast, channel, fanOut, limit, mapConcurrent, race, rate, receiveFrom, scope, select, sendTo, waiting } from "tailrace";
import { watch } from "tailrace/watch";
watch({ stallAfter: ${STALL_AFTER.toString()}, callSites: false });
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
// Keeps the process alive, as a server does, and ends it after a number of looks. The timer of the watch comes first.
let looks = 0;
const server = setInterval(() => { if (++looks === 24) process.exit(0); }, ${(STALL_AFTER / 4).toString()});
const kept = (globalThis.kept = []);
`;

const DEADLOCK = /^tailrace: deadlock: th.*can never end, because nothing that still runs can reach (?:it|them):$/u;

/** Programs whose waits can never end, and what is told of them. */
const DEAD: readonly (readonly [title: string, program: string, lines: readonly string[]])[] = [
  [
    "a consumer whose producer has ended without a close",
    `function serve() {
  const jobs = channel({ name: "jobs" });
  void (async () => { for await (const job of jobs) console.log(job); })();
  void (async () => { await jobs.send(1); await sleep(1); })();
}
serve();`,
    ['receive on channel "jobs" (capacity 0, rendezvous) has waited … s for an item; nobody is sending'],
  ],
  [
    "a producer whose consumer has left the loop",
    `function serve() {
  const jobs = channel({ name: "jobs", capacity: 1 });
  void (async () => { for (;;) await jobs.send(1); })();
  void (async () => { for await (const job of jobs) break; })();
}
serve();`,
    ['send on channel "jobs" (capacity 1, full) has waited … s for a receiver; nobody is receiving'],
  ],
  [
    "two tasks that send to each other while both channels are full",
    `async function serve() {
  const [a, b] = [channel({ name: "a", capacity: 1 }), channel({ name: "b", capacity: 1 })];
  await scope(async (s) => {
    s.spawn(async () => { for (;;) { await a.send(1); await a.send(2); await b.receive(); } }, { name: "ping" });
    s.spawn(async () => { for (;;) { await b.send(1); await b.send(2); await a.receive(); } }, { name: "pong" });
  }, { name: "game" });
}
void serve();`,
    [
      'leave on scope "game" (running: "ping", "pong") has waited … s for its tasks to end',
      '  task "ping": send on channel "a" (capacity 1, full) has waited … s for a receiver; nobody is receiving',
      '  task "pong": send on channel "b" (capacity 1, full) has waited … s for a receiver; nobody is receiving',
    ],
  ],
  [
    "a consumer that sends to the channel that it reads",
    `async function serve() {
  const jobs = channel({ name: "jobs", capacity: 1 });
  await jobs.send(1);
  await scope((s) => void s.spawn(async () => { for await (const job of jobs) { await jobs.send(2); await jobs.send(3); } }, { name: "retry" }), { name: "main" });
}
void serve();`,
    [
      'leave on scope "main" (running: "retry") has waited … s for its tasks to end',
      '  task "retry": send on channel "jobs" (capacity 1, full) has waited … s for a receiver; its reader is busy elsewhere',
    ],
  ],
  [
    "a task that awaits its own scope",
    `function serve() {
  const done = scope((s) => void s.spawn(async () => { await sleep(1); await done; }, { name: "self" }), { name: "main" });
}
serve();`,
    ['leave on scope "main" (running: "self") has waited … s for its tasks to end'],
  ],
  [
    "a sink of a fan-out that never asks",
    `async function serve() {
  const never = channel({ name: "never" });
  await fanOut([1, 2], { disk: async (items) => { for await (const item of items); }, stuck: () => never.receive() }, { name: "copy" });
}
void serve();`,
    [
      'start on sink "stuck" (fan-out "copy", has not asked) has waited … s for it to ask for its first item; the source is not read before that',
      '  task "stuck": receive on channel "never" (capacity 0, rendezvous) has waited … s for an item; nobody is sending',
      'task "disk": next on source "copy" has waited … s for its next item; it is not read before every sink has asked',
    ],
  ],
  [
    "a promise of somebody else that nobody can settle",
    `async function serve() { await waiting("reply", new Promise(() => undefined), { resource: "db" }); }
void serve();`,
    ['reply on resource "db" has waited … s for its promise to settle'],
  ],
  [
    "a subscriber of a broadcast that nobody sends to, and one that nobody reads",
    `async function serve() {
  const prices = broadcast({ name: "prices" });
  const [one, two] = [prices.subscribe({ name: "reads", capacity: 1 }), prices.subscribe({ name: "does not", capacity: 1 })];
  void (async () => { for await (const price of one); })();
  await prices.send(1);
  await prices.send(2);
}
void serve();`,
    [
      'receive on subscription "reads" (capacity 1, empty) has waited … s for an item; nobody is sending',
      'send on broadcast "prices" (2 subscribers) has waited … s for room for "does not"; a subscriber that is busy, or not read at all',
    ],
  ],
  [
    "an iteration that was dropped in the middle",
    `async function serve() {
  const results = mapConcurrent([1, 2, 3, 4, 5], async (n) => n, { concurrency: 1, name: "load" })[Symbol.asyncIterator]();
  await results.next();
}
void serve();`,
    ['work on map "load" (0 of 1 at work) has waited … s for its results to be taken; as many as may be are ready'],
  ],
  [
    "waits on a limit, with who holds the permits",
    `async function serve() {
  const [db, never] = [limit(1, { name: "db" }), channel({ name: "never" })];
  const first = db(async function query() { await never.receive(); });
  await db(() => 1);
}
void serve();`,
    [
      'call on limit "db" (1 of 1 permit taken) has waited … s for a permit',
      '  held for … s by the call of "query"',
      '    receive on channel "never" (capacity 0, rendezvous) has waited … s for an item; nobody is sending',
    ],
  ],
];

describe.runIf(isPossible)("that it can never end is proved for", () => {
  test(DEAD.map(([title]) => title).join("; "), async () => {
    const told = (await run(...DEAD.map(([, program]) => program))).replaceAll(SHUT, "").trimEnd().split("\n");
    const [proofs, lines] = [told.filter((line) => DEADLOCK.test(line)), told.filter((line) => !DEADLOCK.test(line))];
    expect(proofs).not.toEqual([]);
    const wanted = DEAD.flatMap(([, , some]) => some);
    expect(lines.toSorted()).toEqual(wanted.toSorted());
  });

  test("and the process ends with the code of the watch if it then runs out of work", async () => {
    const program = `${PRELUDE}
clearInterval(server);
void (async () => { await channel({ name: "jobs" }).receive(); })();
await sleep(${(STALL_AFTER * 8).toString()});`;
    const { code, stderr } = await runWatched(program);
    expect(code).toBe(70);
    expect(stderr).toMatch(/^tailrace: deadlock: this operation can never end/mu);
    expect(stderr).not.toContain("nothing runs any more");
  });
});

/** Programs of which it is not known whether their waits will end, and what is told of them. */
const STUCK: readonly (readonly [title: string, program: string, lines: string])[] = [
  [
    "a send to a channel that somebody else could read",
    `const jobs = channel({ name: "jobs", capacity: 1 }); kept.push(jobs);
void (async () => { for (;;) await jobs.send(1); })();`,
    'send on channel "jobs" (capacity 1, full) has waited … s for a receiver; nobody is receiving',
  ],
  [
    "a reply that does not come",
    `void waiting("reply", new Promise((resolve) => kept.push(resolve)), { resource: "db", holder: "worker 3" });`,
    'reply on resource "db" has waited … s for its promise to settle; "worker 3" has to',
  ],
  [
    "a task that does not say that it is ready",
    `void scope(async (s) => { await s.start(({ ready }) => new Promise(() => kept.push(ready)), { name: "serve" }); });`,
    'start on task "serve" (running) has waited … s for it to call ready',
  ],
  [
    "a sink that is never driven, of a source that lives",
    `void fanOut([1], { disk: () => new Promise((resolve) => kept.push(resolve)) }, { name: "copy" });`,
    'start on sink "disk" (fan-out "copy", has not asked) has waited … s for it to ask for its first item; the source is not read before that',
  ],
  [
    "calls of a limit, by the first of them, with what holds the permit",
    `const db = limit(1, { name: "db" }); kept.push(db);
const never = channel({ name: "never" }); kept.push(never);
for (const job of [1, 2, 3]) void db(async function query() { await never.receive(); });`,
    'call on limit "db" (1 of 1 permit taken) has waited … s for a permit\n' +
      '  held for … s by the call of "query"\n' +
      '    receive on channel "never" (capacity 0, rendezvous) has waited … s for an item; nobody is sending',
  ],
];

describe.runIf(isPossible)("as stuck is told", () => {
  test(STUCK.map(([title]) => title).join("; "), async () => {
    const told = (await run(...STUCK.map(([, program]) => program))).replaceAll(SHUT, "");
    const lines = told.replaceAll("tailrace: stuck: ", "").trimEnd().split("\n");
    expect(lines.toSorted()).toEqual(STUCK.flatMap(([, , some]) => some.split("\n")).toSorted());
    for (const [, , some] of STUCK) expect(lines.join("\n")).toContain(some);
  });

  test("a wait once, and again when it has lasted ten times as long", async () => {
    const told = await run(`looks = -40;
const jobs = channel({ name: "jobs" }); kept.push(jobs);
void jobs.send(1);`);
    expect(told.match(/tailrace: stuck: send on channel "jobs"/gu)).toHaveLength(2);
  });
});

/** Programs in which all is well. */
const WELL: readonly (readonly [title: string, program: string])[] = [
  [
    "a consumer that has nothing to do",
    `const jobs = channel(); kept.push(jobs); void (async () => { for await (const job of jobs); })();`,
  ],
  [
    "timers and promises of others",
    `void sleep(1e6); void (async () => { await new Promise((resolve) => kept.push(resolve)); })();`,
  ],
  [
    "calls that wait for their turn by a rate",
    `const polite = rate({ per: 1, interval: 1e6 }); void polite(() => 1); void polite(() => 2);`,
  ],
  [
    "a choice that nothing happens for",
    `const [a, b] = [channel(), channel()]; kept.push(a, b); void select([receiveFrom(a), sendTo(b, 1)]);`,
  ],
  [
    "what was one of several, and lost",
    `void (async () => { await Promise.race([channel().receive(), sleep(1)]); await Promise.any([channel().send(1), sleep(1)]); })();`,
  ],
  ["an item that nobody waits for", `channel().receive().catch(() => undefined);`],
  ["tasks that run", `void scope((s) => void s.spawn(() => new Promise((resolve) => kept.push(resolve))));`],
  [
    "what is slow, but alive",
    `const jobs = channel({ name: "jobs" }); kept.push(jobs);
for (const job of [1, 2, 3, 4, 5, 6, 7, 8, 9]) void jobs.send(job);
void (async () => { for await (const job of jobs) await sleep(${(STALL_AFTER / 2).toString()}); })();`,
  ],
  [
    "a limit whose calls take their time",
    `const db = limit(1);
for (const job of [1, 2, 3, 4, 5, 6, 7, 8, 9]) void db(() => sleep(${(STALL_AFTER / 2).toString()}));`,
  ],
];

describe.runIf(isPossible)("nothing is said of", () => {
  test(WELL.map(([title]) => title).join("; "), async () => {
    expect((await run(...WELL.map(([, program]) => program))).replaceAll(SHUT, "")).toBe("");
  });

  test("anything, if it is told so", async () => {
    const program = `watch({ stallAfter: Infinity });
void channel().send(1);
void (async () => { await channel().receive(); })();`;
    expect(await run(program)).toBe("");
  });
});

test.runIf(isPossible)("when the event loop was shut for so long, that is told, and nothing else", async () => {
  const told = await run(`const jobs = channel(); kept.push(jobs); void jobs.send(1).catch(() => undefined);
void waiting("reply", new Promise((resolve) => kept.push(resolve)));
setTimeout(() => { const end = performance.now() + ${(STALL_AFTER * 10).toString()}; while (performance.now() < end); looks = 23; }, 1);`);
  expect(told.split("\n")[0]).toBe(
    "tailrace: starved: the event loop did not turn for … s, in which nothing could end 2 operations",
  );
});
