import { options as optionsOf, text, wrongType } from "../arguments.ts";
import { isPromiseLike } from "../fan/source.ts";
import { enter, leave, WaitRecord } from "./registry.ts";

/** Options of `waiting`. */
export interface WaitingOptions {
  /** What answers, such as a host, a file or a lock. Default: what is waited for. */
  readonly resource?: string | undefined;
  /** Who has to do something for the wait to end, where that is known. */
  readonly holder?: string | undefined;
}

/**
 * Registers a wait for something that is not of this library, so that it is in the report with all others. The promise
 * is awaited as it is.
 *
 * @param operation What is waited for, in a word or two.
 * @returns What the promise gives.
 * @throws what the promise rejects with
 * @throws {ArgumentError} if an argument cannot be used
 * @example
 * ```ts
 * import { waiting } from "tailrace";
 *
 * const reply = await waiting("reply", fetch("http://127.0.0.1:8080/jobs"), { resource: "job server" });
 * // as long as it does not come: reply on resource "job server" has waited 2.5 s for its promise to settle
 * console.log(reply.status);
 * ```
 */
export async function waiting<T>(
  operation: string,
  promise: PromiseLike<T>,
  options?: WaitingOptions,
): Promise<Awaited<T>> {
  const name = text("operation", operation);
  if (!isPromiseLike(promise)) throw wrongType("promise", promise, "a promise");
  const given = optionsOf("options", options);
  const resource = given.resource === undefined ? name : text("resource", given.resource);
  const holder = given.holder === undefined ? undefined : text("holder", given.holder);
  const record = new WaitRecord(name, {
    kind: "resource",
    name: resource,
    describe: () => ({
      awaits: "its promise to settle",
      ...(holder === undefined ? undefined : { remark: `${JSON.stringify(holder)} has to` }),
    }),
  });
  enter(record);
  try {
    const value = await promise;
    leave(record);
    return value;
  } catch (error) {
    leave(record, error);
    throw error;
  }
}
