// Which task the running code belongs to, so that a wait can name it, and what that task holds. Names of tasks are kept
// only where the platform does that for next to nothing (Node from 24 on, and what calls itself compatible): before, it
// makes every promise of the process slower, from its first use on. What is held is kept in older versions, too: without
// it, a hang could not be told.

/** Something that the running code holds until it is done, and what it held before. */
export interface Hold {
  readonly resource: object;
  /** Permits; none once they are given back. */
  readonly weight: number;
  /** What was called with it. */
  readonly holder: string;
  readonly outer: Hold | undefined;
}

/** What is known about the code that runs. */
export interface Context {
  /** Name of its task. */
  readonly task: string | undefined;
  readonly held: Hold | undefined;
}

interface Storage {
  getStore(): Context | undefined;
  enterWith(context: Context): void;
  run<Given extends unknown[], T>(context: Context, fn: (...given: Given) => T, ...given: Given): T;
}

interface Platform {
  readonly process?: {
    readonly versions?: { readonly node?: string };
    getBuiltinModule?(id: "node:async_hooks"): { readonly AsyncLocalStorage: new () => Storage };
  };
}

const { process } = globalThis as Platform;

const keepsNames = parseInt(process?.versions?.node ?? "", 10) >= 24;

const storage = openStorage();

function openStorage(): Storage | undefined {
  const hooks = process?.getBuiltinModule?.("node:async_hooks");
  return hooks === undefined ? undefined : new hooks.AsyncLocalStorage();
}

/** Name of the task that is running now, where it is known. */
export function currentTask(): string | undefined {
  return keepsNames ? storage?.getStore()?.task : undefined;
}

export function currentContext(): Context | undefined {
  return storage?.getStore();
}

/** Calls the function as that task; everything that it starts belongs to the task too. */
export function runAsTask<T>(task: string, fn: () => T): T {
  return runIn({ task, held: storage?.getStore()?.held }, fn);
}

/** Calls the function of a task in its context. */
export function runIn<Given extends unknown[], T>(context: Context, fn: (...given: Given) => T, ...given: Given): T {
  return storage === undefined || !keepsNames ? fn(...given) : storage.run(context, fn, ...given);
}

/** What goes on from here, until the microtask ends, and everything that it starts, has that context. */
export function enter(context: Context): void {
  storage?.enterWith(context);
}
