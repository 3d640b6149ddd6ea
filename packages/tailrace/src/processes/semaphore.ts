import { count, options as optionsOf } from "../arguments.ts";
import { rejected } from "../promises.ts";
import type { WaitOptions } from "../waits/limits.ts";
import type { Handle } from "./handle.ts";
import { textOf } from "./messages.ts";
import type { Message } from "./messages.ts";
import { make, open } from "./open.ts";
import type { OpenOptions } from "./open.ts";
import { Permits } from "./permits.ts";

/** Options of `createSemaphore`. */
export interface NamedSemaphoreOptions {
  /** 1 to 64 letters, digits, `_` and `-`. Default: one that no other has ever had. */
  readonly name?: string | undefined;
  /** Where names are, as in `createMVar`. */
  readonly folder?: string | undefined;
}

/** One of the permits of a semaphore, which `using` gives back. */
export interface NamedPermit extends Disposable {
  /** Gives it back. To do so again changes nothing. */
  release(): void;
}

/**
 * Permits that independent processes of one machine share by a name. Whoever waits for one is served in order of arrival.
 *
 * It is kept by the process that has made it; when that ends, everything on it rejects with an `OwnerDiedError`. The
 * permits of somebody else who dies are free again, and for each of them one who would get it learns of that by an
 * `OwnerDiedError`, once.
 */
export interface NamedSemaphore extends AsyncDisposable {
  /** By which `openSemaphore` finds it: plain text, for a pipe, an argument or the environment. */
  readonly name: string;
  /** How many there are. */
  readonly permits: number;
  /** Takes one, as soon as there is one. */
  acquire(wait?: WaitOptions): Promise<NamedPermit>;
  /** Takes one if there is one. Waits for nobody. */
  tryAcquire(): Promise<NamedPermit | undefined>;
  /** How many are free, at a moment that may be over. */
  available(): Promise<number>;
  /**
   * Gives up what waits here, gives the permits of this handle back, and ends the use of it. When all have closed it, it
   * is gone. To close it again changes nothing.
   */
  close(): Promise<void>;
}

/**
 * Makes a semaphore for several processes. This process keeps it, and stays alive as long as others have it open.
 *
 * @param permits How many there are, from 1.
 * @throws {NameError} if the name is taken
 * @throws {ArgumentError} if an argument cannot be used, or the folder belongs to somebody else or is open to others
 * @example
 * ```ts
 * import { createSemaphore } from "tailrace/processes";
 *
 * await using gpus = await createSemaphore(2, { name: "gpus" });
 * {
 *   using permit = await gpus.acquire({ timeout: 60_000 });
 *   console.log("at most two processes are here", permit);
 * }
 * ```
 */
export async function createSemaphore(permits: number, options?: NamedSemaphoreOptions): Promise<NamedSemaphore> {
  const thing = new Permits(count("permits", permits, 1));
  const given = optionsOf("options", options);
  return new Semaphore(await make(thing, given.name, given.folder));
}

/**
 * Opens a semaphore that some process has made, by its name.
 *
 * @throws {NameError} if nobody has that name, or not any more, or if it is that of something else
 * @throws {TimeoutError} if that took longer than `timeout`
 * @throws {ArgumentError} if the folder belongs to somebody else or is open to others
 * @example
 * ```ts
 * import { openSemaphore } from "tailrace/processes";
 *
 * await using gpus = await openSemaphore("gpus");
 * const permit = await gpus.tryAcquire();
 * console.log(permit === undefined ? "all are busy" : "one is ours");
 * ```
 */
export async function openSemaphore(name: string, options?: OpenOptions): Promise<NamedSemaphore> {
  return new Semaphore(await open("semaphore", name, optionsOf("options", options)));
}

class Semaphore implements NamedSemaphore {
  readonly name: string;
  readonly permits: number;
  readonly #handle: Handle;
  readonly #held = new Set<NamedPermit>();

  constructor(handle: Handle) {
    this.name = handle.name;
    this.permits = handle.size;
    this.#handle = handle;
  }

  acquire(wait?: WaitOptions): Promise<NamedPermit> {
    return this.#ask("acquire", wait, ({ id }) => this.#granted(id));
  }

  tryAcquire(): Promise<NamedPermit | undefined> {
    return this.#ask("tryAcquire", undefined, ({ type, id }) => (type === "done" ? this.#granted(id) : undefined));
  }

  available(): Promise<number> {
    return this.#ask("available", undefined, ({ payload }) => Number(textOf(payload)));
  }

  async close(): Promise<void> {
    for (const permit of this.#held) permit.release();
    await this.#handle.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #ask<Value>(
    type: "acquire" | "tryAcquire" | "available",
    wait: WaitOptions | undefined,
    valueOf: (answer: Message) => Value,
  ): Promise<Value> {
    try {
      return this.#handle.ask(type, { wait, valueOf });
    } catch (error) {
      return rejected(error);
    }
  }

  #granted(id: number): NamedPermit {
    const { link, thing } = this.#handle;
    const release = (): void => {
      if (this.#held.delete(permit)) link.client.say("release", thing, id);
    };
    const permit: NamedPermit = { release, [Symbol.dispose]: release };
    this.#held.add(permit);
    return permit;
  }
}
