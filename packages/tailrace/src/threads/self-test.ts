// Whoever makes something shared waits for a wake-up, and the first other thread that opens it must find somebody to wake.
// Where the words of two threads are not the same memory, that tells at once what would be a hang under load.
import { threadId } from "node:worker_threads";
import { TailraceError } from "../errors.ts";
import type { Lives } from "./lives.ts";

/** Words: who has made it; whether that was tested; what is waited on. */
const MAKER = 0;
const TESTED = 1;
const BELL = 2;

/** Begins to wait; throws if not even this thread can wake itself. */
export function listenForCrossing(memory: SharedArrayBuffer, base: number): void {
  const words = new Int32Array(memory, base * Int32Array.BYTES_PER_ELEMENT);
  Atomics.store(words, MAKER, threadId);
  void Atomics.waitAsync(words, BELL, 0);
  Atomics.store(words, BELL, 1);
  if (Atomics.notify(words, BELL) !== 1) throw failed("a wake-up does not arrive in the thread that sends it");
  void Atomics.waitAsync(words, BELL, 1);
}

/** Throws if the thread that has made it cannot be woken from here. */
export function checkCrossing(memory: SharedArrayBuffer, base: number, lives: Lives, where: string): void {
  const words = new Int32Array(memory, base * Int32Array.BYTES_PER_ELEMENT);
  const maker = Atomics.load(words, MAKER);
  if (maker === threadId || Atomics.compareExchange(words, TESTED, 0, 1) !== 0) return;
  Atomics.store(words, BELL, 2);
  if (Atomics.notify(words, BELL) === 0 && lives.isAlive(maker)) {
    throw failed(`a wake-up from this thread does not reach the one that has made ${where}: they share no memory`);
  }
}

function failed(why: string): TailraceError {
  return new TailraceError("TAILRACE_SELF_TEST", why);
}
