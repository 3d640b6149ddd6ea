import { deserialize, serialize } from "node:v8";
import { count, options as optionsOf } from "../arguments.ts";
import { EMPTY } from "../channel/empty.ts";
import { ArgumentError, TailraceError } from "../errors.ts";
import type { MVar } from "../mvar/mvar.ts";
import { attempt, rejected } from "../promises.ts";
import type { WaitOptions } from "../waits/limits.ts";
import { place } from "../waits/report.ts";
import { Box } from "./box.ts";
import type { Asked, Handle } from "./handle.ts";
import type { Message, Request } from "./messages.ts";
import { make, open } from "./open.ts";
import type { OpenOptions } from "./open.ts";

/** Options of `createMVar`. */
export interface NamedMVarOptions<T> {
  /** 1 to 64 letters, digits, `_` and `-`. Default: one that no other has ever had. */
  readonly name?: string | undefined;
  /** What is in it at first. Default: nothing. */
  readonly value?: T;
  /** Bytes that a value may have, as structured clone writes it. Default: 1 MiB. */
  readonly maxBytes?: number | undefined;
  /**
   * Where names are: a folder of this user which nobody else may enter, and which is made if it is not there. Default:
   * `tailrace` in `XDG_RUNTIME_DIR`, or else in the folder for temporary files.
   */
  readonly folder?: string | undefined;
}

/**
 * An `MVar` that independent processes of one machine share by its name. Values are cloned, as by `structuredClone`.
 *
 * It is kept by the process that has made it. When that ends before the others are done with it, all that wait there, and
 * all that use it later, reject with an `OwnerDiedError`. When somebody else dies, their waits are gone; a value that was
 * on its way to them goes to the next; and what they had borrowed by `with` or `modify` is as it was before, of which the
 * next who takes it learns by an `OwnerDiedError`, once.
 */
export interface NamedMVar<T> extends MVar<T>, AsyncDisposable {
  /** By which `openMVar` finds it: plain text, for a pipe, an argument or the environment. */
  readonly name: string;
  /**
   * Gives up what waits here, and ends the use of it in this process, as soon as what was borrowed is back. When all have
   * closed it, it is gone. To close it again changes nothing.
   */
  close(): Promise<void>;
}

/** Bytes that a value may have if nothing else is said. */
const MOST = 2 ** 20;

/**
 * Makes an `MVar` for several processes. This process keeps it, and stays alive as long as others have it open.
 *
 * @throws {NameError} if the name is taken
 * @throws {ArgumentError} if an option cannot be used, or the folder belongs to somebody else or is open to others
 * @example
 * ```ts
 * import { spawn } from "node:child_process";
 * import { createMVar } from "tailrace/processes";
 *
 * await using jobs = await createMVar<string>();
 * spawn(process.execPath, ["worker.js", jobs.name], { stdio: "inherit" }); // which calls openMVar(process.argv[2])
 * await jobs.put("wash");
 * ```
 */
export async function createMVar<T>(options?: NamedMVarOptions<T>): Promise<NamedMVar<T>> {
  const given = optionsOf<NamedMVarOptions<T>>("options", options);
  const most = given.maxBytes === undefined ? MOST : count("maxBytes", given.maxBytes, 1);
  const value = "value" in given ? encoded(given.value, most, () => "options") : undefined;
  return new NamedBox<T>(await make(new Box(most, value), given.name, given.folder));
}

/**
 * Opens an `MVar` that some process has made, by its name.
 *
 * @throws {NameError} if nobody has that name, or not any more, or if it is that of something else
 * @throws {TimeoutError} if that took longer than `timeout`
 * @throws {ArgumentError} if the folder belongs to somebody else or is open to others
 * @example
 * ```ts
 * import { openMVar } from "tailrace/processes";
 *
 * const [, , name = ""] = process.argv;
 * await using jobs = await openMVar<string>(name);
 * console.log(await jobs.take({ timeout: 10_000 }));
 * ```
 */
export async function openMVar<T>(name: string, options?: OpenOptions): Promise<NamedMVar<T>> {
  return new NamedBox<T>(await open("mvar", name, optionsOf("options", options)));
}

/** What was borrowed. */
interface Loan {
  readonly id: number;
  readonly bytes: Uint8Array;
}

class NamedBox<T> implements NamedMVar<T> {
  readonly name: string;
  readonly #handle: Handle;

  constructor(handle: Handle) {
    this.name = handle.name;
    this.#handle = handle;
  }

  take(wait?: WaitOptions): Promise<T> {
    return this.#ask("take", { wait, valueOf: this.#taken });
  }

  put(value: T, wait?: WaitOptions): Promise<void> {
    return this.#send("put", value, { wait, valueOf: () => undefined });
  }

  read(wait?: WaitOptions): Promise<T> {
    return this.#ask("read", { wait, valueOf: decoded<T> });
  }

  swap(value: T, wait?: WaitOptions): Promise<T> {
    return this.#send("swap", value, { wait, valueOf: this.#taken });
  }

  tryTake(): Promise<T | typeof EMPTY> {
    return this.#ask("tryTake", { valueOf: orEmpty(this.#taken) });
  }

  tryPut(value: T): Promise<boolean> {
    return this.#send("tryPut", value, { valueOf: isDone });
  }

  tryRead(): Promise<T | typeof EMPTY> {
    return this.#ask("tryRead", { valueOf: orEmpty(decoded<T>) });
  }

  trySwap(value: T): Promise<T | typeof EMPTY> {
    return this.#send("trySwap", value, { valueOf: orEmpty(this.#taken) });
  }

  isEmpty(): Promise<boolean> {
    return this.#ask("isEmpty", { valueOf: isDone });
  }

  with<R>(fn: (value: T) => R | PromiseLike<R>, wait?: WaitOptions): Promise<Awaited<R>> {
    return this.#borrow("with", wait, async (value) => [undefined, await fn(value)]);
  }

  modify(fn: (value: T) => T | PromiseLike<T>, wait?: WaitOptions): Promise<T> {
    return this.#borrow("modify", wait, async (value) => {
      const next = await fn(value);
      return [{ next }, next];
    });
  }

  modifyMaybe(
    fn: (value: T) => T | typeof EMPTY | PromiseLike<T | typeof EMPTY>,
    wait?: WaitOptions,
  ): Promise<T | typeof EMPTY> {
    return this.#borrow("modifyMaybe", wait, async (value) => {
      const next = await fn(value);
      return [{ next }, next];
    });
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Calls a function with the value, and puts in what it makes of it, if anything. */
  async #borrow<R>(
    operation: string,
    wait: WaitOptions | undefined,
    fn: (value: T) => Promise<[put: { readonly next: T | typeof EMPTY } | undefined, result: R]>,
  ): Promise<R> {
    const valueOf = ({ id, payload: bytes }: Message): Loan => {
      this.#handle.borrow();
      return { id, bytes };
    };
    const loan = await this.#ask("borrow", { operation, wait, valueOf });
    try {
      return await this.#used(operation, loan, fn);
    } finally {
      this.#handle.giveBack();
    }
  }

  async #used<R>(
    operation: string,
    { id, bytes }: Loan,
    fn: (value: T) => Promise<[put: { readonly next: T | typeof EMPTY } | undefined, result: R]>,
  ): Promise<R> {
    const end = (type: Request, payload?: Uint8Array): Promise<void> =>
      this.#ask(type, { operation, about: id, valueOf: () => undefined, ...(payload && { payload }) });
    let put: { readonly next: T | typeof EMPTY } | undefined;
    let result: R;
    let payload: Uint8Array | undefined;
    try {
      [put, result] = await attempt(() => fn(deserialize(bytes) as T));
      if (put !== undefined && put.next !== EMPTY) payload = this.#encode(put.next);
    } catch (error) {
      await end("return");
      throw error;
    }
    if (put === undefined) await end("return");
    else if (payload === undefined) await end("drop");
    else await end("replace", payload);
    return result;
  }

  #send<Value>(type: Request, value: unknown, asked: Asked<Value>): Promise<Value> {
    try {
      return this.#handle.ask(type, { ...asked, payload: this.#encode(value) });
    } catch (error) {
      return rejected(error);
    }
  }

  #ask<Value>(type: Request, asked: Asked<Value>): Promise<Value> {
    try {
      return this.#handle.ask(type, asked);
    } catch (error) {
      return rejected(error);
    }
  }

  #encode(value: unknown): Uint8Array {
    return encoded(value, this.#handle.size, () => place("mvar", this.name));
  }

  readonly #taken = (answer: Message): T => {
    try {
      return decoded(answer);
    } catch (cause) {
      const what = `a value of ${answer.payload.length.toString()} bytes was taken from ${place("mvar", this.name)}`;
      throw new TailraceError("TAILRACE_VALUE_LOST", `${what} that cannot be decoded: it is lost`, { cause });
    }
  };
}

/** @param of what may not have larger ones */
function encoded(value: unknown, most: number, of: () => string): Uint8Array {
  const bytes = serialize(value);
  if (bytes.length <= most) return bytes;
  const [is, limit] = [bytes.length, most].map((size) => size.toLocaleString("en"));
  const what = `value: ${is ?? ""} bytes, and maxBytes of ${of()} is ${limit ?? ""}`;
  throw new ArgumentError("RANGE", "value", what);
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- nobody knows what it is but the caller
function decoded<T>({ payload }: Message): T {
  return deserialize(payload) as T;
}

function isDone({ type }: Message): boolean {
  return type === "done";
}

function orEmpty<T>(valueOf: (answer: Message) => T): (answer: Message) => T | typeof EMPTY {
  return (answer) => (answer.type === "nothing" ? EMPTY : valueOf(answer));
}
