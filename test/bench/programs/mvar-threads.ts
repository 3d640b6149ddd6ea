// One round trip between two threads: a number goes there by one box, and comes back by another.
import { once } from "node:events";
import { isMainThread, MessageChannel, Worker, workerData } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import { openSharedMVar, sharedMVar } from "tailrace/threads";
import type { SharedMVarHandle } from "tailrace/threads";
import type { Bench, OwnFigure, Subject } from "../harness/bench.ts";

/** Round trips before those that count. */
const WARM = 2000;

/** What a thread is told to do: it answers, or asks and says how long it took. */
type Part =
  | { readonly kind: "mvar"; readonly inbox: SharedMVarHandle<number>; readonly outbox: SharedMVarHandle<number> }
  | { readonly kind: "words"; readonly words: Int32Array<SharedArrayBuffer> }
  | { readonly kind: "port"; readonly port: MessagePort };

interface Job {
  readonly part: Part;
  readonly rounds: number;
  /** Where the thread that asks tells what it has measured; the one that answers has none. */
  readonly told?: MessagePort;
}

interface Told {
  /** Numbers that came back as they were. */
  readonly back: number;
  readonly nanoseconds: number;
}

/** Sends a number and gives what comes back. */
type Ask = (number: number) => number;

const REQUEST = 0;
const REPLY = 1;
/** The numbers begin here: what is waited on is how many there were. */
const NUMBERS = 2;

function exchange(words: Int32Array<SharedArrayBuffer>): Ask {
  let count = 0;
  return (number) => {
    words[NUMBERS] = number;
    Atomics.store(words, REQUEST, ++count);
    Atomics.notify(words, REQUEST);
    while (Atomics.load(words, REPLY) !== count) Atomics.wait(words, REPLY, count - 1);
    return words[NUMBERS + 1] ?? 0;
  };
}

function answerWords(words: Int32Array<SharedArrayBuffer>, rounds: number): void {
  for (let count = 1; count <= rounds; count++) {
    while (Atomics.load(words, REQUEST) !== count) Atomics.wait(words, REQUEST, count - 1);
    words[NUMBERS + 1] = words[NUMBERS] ?? 0;
    Atomics.store(words, REPLY, count);
    Atomics.notify(words, REPLY);
  }
}

function time(rounds: number, ask: Ask): Told {
  for (let i = 0; i < WARM; i++) ask(i);
  const begun = performance.now();
  let back = 0;
  for (let i = 0; i < rounds; i++) if (ask(i) === i) back++;
  return { back, nanoseconds: ((performance.now() - begun) * 1e6) / rounds };
}

async function timeAsync(rounds: number, ask: (number: number) => Promise<number>): Promise<Told> {
  for (let i = 0; i < WARM; i++) await ask(i);
  const begun = performance.now();
  let back = 0;
  for (let i = 0; i < rounds; i++) if ((await ask(i)) === i) back++;
  return { back, nanoseconds: ((performance.now() - begun) * 1e6) / rounds };
}

function play({ part, rounds, told }: Job): void {
  if (part.kind === "port") {
    part.port.on("message", (number: number) => {
      part.port.postMessage(number);
    });
  } else if (part.kind === "words") {
    if (told === undefined) answerWords(part.words, rounds + WARM);
    else told.postMessage(time(rounds, exchange(part.words)));
  } else {
    const inbox = openSharedMVar(part.inbox);
    const outbox = openSharedMVar(part.outbox);
    if (told === undefined) for (let i = 0; i < rounds + WARM; i++) outbox.putSync(inbox.takeSync());
    else {
      const ask: Ask = (number) => {
        outbox.putSync(number);
        return inbox.takeSync();
      };
      told.postMessage(time(rounds, ask));
    }
  }
}

if (!isMainThread) play(workerData as Job);

function start(job: Job): Worker {
  const transferList = [
    ...(job.told === undefined ? [] : [job.told]),
    ...(job.part.kind === "port" ? [job.part.port] : []),
  ];
  return new Worker(new URL(import.meta.url), { workerData: job, transferList });
}

/** Both are workers, which stand still to wait. */
async function between(asks: Part, answers: Part, rounds: number): Promise<OwnFigure> {
  const { port1, port2 } = new MessageChannel();
  const workers = [start({ part: answers, rounds }), start({ part: asks, rounds, told: port2 })];
  const [told] = (await once(port1, "message")) as [Told];
  port1.close();
  await Promise.all(workers.map((worker) => worker.terminate()));
  return { result: told.back, figure: told.nanoseconds };
}

/** This thread asks, and its event loop turns meanwhile. */
async function fromHere(answers: Part, rounds: number, ask: (number: number) => Promise<number>): Promise<OwnFigure> {
  const worker = start({ part: answers, rounds });
  const told = await timeAsync(rounds, ask);
  await worker.terminate();
  return { result: told.back, figure: told.nanoseconds };
}

const newBox = (): ReturnType<typeof sharedMVar<number>> => sharedMVar<number>({ maxBytes: 16 });
const newWords = (): Int32Array<SharedArrayBuffer> => new Int32Array(new SharedArrayBuffer(16));

/** Round trips: each takes a hundred times as long as between tasks. */
const operations = 10_000;

export const subjects: Bench["subjects"] = [
  {
    package: "tailrace",
    calls: "sharedMVar, putSync, takeSync",
    operations,
    note: "both are workers",
    run(rounds) {
      const there = newBox();
      const back = newBox();
      return between(
        { kind: "mvar", inbox: back.handle, outbox: there.handle },
        { kind: "mvar", inbox: there.handle, outbox: back.handle },
        rounds,
      );
    },
  },
  {
    package: "node",
    calls: "Atomics.wait, notify",
    operations,
    note: "both are workers; bare words, one asks and one answers",
    run(rounds) {
      const words = newWords();
      return between({ kind: "words", words }, { kind: "words", words }, rounds);
    },
  },
  {
    package: "tailrace",
    calls: "sharedMVar, await put, await take",
    operations,
    note: "main thread and worker, which stands still",
    run(rounds) {
      const there = newBox();
      const back = newBox();
      return fromHere({ kind: "mvar", inbox: there.handle, outbox: back.handle }, rounds, async (number) => {
        await there.put(number);
        return await back.take();
      });
    },
  },
  {
    package: "node",
    calls: "Atomics.waitAsync, notify",
    operations,
    note: "main thread and worker, which stands still; bare words",
    run(rounds) {
      const words = newWords();
      const alive = setInterval(() => undefined, 1000);
      let count = 0;
      const asked = fromHere({ kind: "words", words }, rounds, async (number) => {
        words[NUMBERS] = number;
        Atomics.store(words, REQUEST, ++count);
        Atomics.notify(words, REQUEST);
        while (Atomics.load(words, REPLY) !== count) await Atomics.waitAsync(words, REPLY, count - 1).value;
        return words[NUMBERS + 1] ?? 0;
      });
      return asked.finally(() => {
        clearInterval(alive);
      });
    },
  },
  {
    package: "node",
    calls: "MessagePort",
    operations,
    note: "main thread and worker",
    run(rounds) {
      const { port1, port2 } = new MessageChannel();
      let arrived: (number: number) => void;
      port1.on("message", (number: number) => {
        arrived(number);
      });
      const asked = fromHere({ kind: "port", port: port2 }, rounds, (number) => {
        const answer = new Promise<number>((resolve) => {
          arrived = resolve;
        });
        port1.postMessage(number);
        return answer;
      });
      return asked.finally(() => {
        port1.close();
      });
    },
  },
] satisfies readonly Subject[];
