import type { Resources } from "../resources/resources.ts";
import { findMicrotaskLoops } from "./microtask-loops.ts";
import type { MicrotaskSpin } from "./microtask-loops.ts";
import { findMicrotaskRecursions } from "./microtask-recursion.ts";

/** The loops and recursions of a file that wait by microtasks for what only the event loop brings. */
export function findMicrotaskSpins(resources: Resources): MicrotaskSpin[] {
  return [...findMicrotaskLoops(resources), ...findMicrotaskRecursions(resources)];
}
