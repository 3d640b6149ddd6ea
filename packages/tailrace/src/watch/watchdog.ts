// The thread that watches another one. It counts time in ticks of its own: when the process is stopped, or the machine
// sleeps, so is this thread, and does not take that for a block.
import process from "node:process";
import { workerData } from "node:worker_threads";
import { BEATS, INSPECTED } from "./heartbeat.ts";
import type { Watched } from "./heartbeat.ts";
import { print } from "./print.ts";
import { ask } from "./stack.ts";

const { heart, period, blockedAfter, abortAfter, loop, blind } = workerData as Watched;

const UNANSWERED = "where it is stuck, follows when it answers, which native code does when it returns";

/** Milliseconds in which JavaScript answers, unless the machine is very busy. */
const PATIENCE = 1000;

/** Milliseconds that a process may take to end by a signal. */
const LAST = 1000;

/** When this thread ticked last. */
let ticked = performance.now();
/** The last beat that was seen, and for how many milliseconds it has been the last. */
let seen = Atomics.load(heart, BEATS);
let blocked = 0;
/** How long the block is when it is reported next. */
let due = blockedAfter;
let isReported = false;
/** What the main thread was asked, and has not answered. */
let pending: { isLate: boolean; withdraw(): void } | undefined;

setInterval(() => {
  const now = performance.now();
  blocked += Math.min(now - ticked, blockedAfter / 2);
  ticked = now;
  if (!isStuck()) {
    if (isReported) say(`${loop} turns again after ${duration()}`);
    restart();
  } else if (blocked >= due && pending?.isLate !== false) report();
}, period);

function isStuck(): boolean {
  return Atomics.load(heart, BEATS) === seen;
}

function restart(): void {
  pending?.withdraw();
  seen = Atomics.load(heart, BEATS);
  blocked = 0;
  due = blockedAfter;
  isReported = false;
}

function report(): void {
  const isLast = blocked >= abortAfter;
  const since = duration();
  due = isLast ? Infinity : Math.min(due * 10, abortAfter);
  const tell = (where: string): void => {
    isReported = true;
    say(`${loop} has not turned for ${since}; ${where}`);
    if (isLast) end();
  };
  if (blind !== undefined) tell(`where it is stuck, cannot be seen ${blind}`);
  else if (pending !== undefined) tell(UNANSWERED);
  else look(tell);
}

/** Asks the main thread where it is, and tells it as soon as that answers. */
function look(tell: (where: string) => void): void {
  const patience = setTimeout(() => {
    asked.isLate = true;
    tell(UNANSWERED);
  }, PATIENCE);
  const mayStop = Atomics.load(heart, INSPECTED) === 0;
  const question = ask(mayStop, isStuck, (answer) => {
    asked.withdraw();
    if (answer === "held") restart();
    else if (answer === "inspected") tell("the inspector is open: a debugger can pause it, and show where it is stuck");
    else if (asked.isLate) say(`${loop} was stuck here for ${duration()}:\n${answer.join("\n")}`);
    else tell(`it is stuck here:\n${answer.join("\n")}`);
  });
  const asked = {
    isLate: false,
    withdraw() {
      clearTimeout(patience);
      question.withdraw();
      pending = undefined;
    },
  };
  pending = asked;
}

/** No handler of the program can run. A process that catches the first signal does not catch the second. */
function end(): void {
  const never = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  for (const signal of ["SIGABRT", "SIGKILL"] as const) {
    say(`the process is ended by ${signal}`);
    try {
      process.kill(process.pid, signal);
    } catch {
      continue; // Windows has only the second
    }
    Atomics.wait(never, 0, 0, LAST);
  }
}

function duration(): string {
  return blocked < 1000 ? `${blocked.toFixed(0)} ms` : `${(blocked / 1000).toFixed(1)} s`;
}

function say(text: string): void {
  print(`tailrace: ${text}\n`);
}
