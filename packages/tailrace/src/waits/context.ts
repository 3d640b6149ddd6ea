// Which task the running code belongs to, so that a wait can name it, and what that task holds. Tasks are followed only
// where the platform does that for next to nothing (Node from 24 on, and what calls itself compatible), or where somebody
// watches: in older versions it makes every promise of the process slower, from its first use on. What is held is kept
// there, too: without it, a hang could not be told.

/**
 * Something that runs, and may wait: a task, a sink of a fan-out, a call of a limit; a scope, which waits for its own; or
 * a lease of a pool, for who has it.
 */
export interface Party {
  readonly kind: "scope" | "task" | "sink" | "call" | "lease";
  readonly name: string;
  /** Reading of `performance.now()` when it began, in its turn of the event loop. */
  readonly began: number;
  /** In what it runs. */
  readonly parent: Party | undefined;
  /** Reading of `performance.now()` at which it was told to stop. */
  readonly stoppedAt?: number | undefined;
  /** Whether it has come to its end; what it has started may go on. */
  readonly over: boolean;
  /** Of what it holds a part, while it runs. */
  readonly holds?: object | undefined;
}

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
  readonly party: Party | undefined;
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
    getBuiltinModule?(id: "node:async_hooks"): {
      readonly AsyncLocalStorage: { new (): Storage; snapshot(): <R>(fn: () => R) => R };
    };
  };
}

const { process } = globalThis as Platform;

const leaks = !(parseInt(process?.versions?.node ?? "", 10) >= 24);
let follows = !leaks;

const hooks = process?.getBuiltinModule?.("node:async_hooks");
const storage = hooks === undefined ? undefined : new hooks.AsyncLocalStorage();

/** Follows tasks from here on, whatever it costs. */
export function followTasks(): void {
  follows = true;
}

/** Whether code belongs to nothing but what has started it: older versions of Node let the context of others leak in. */
export function isExact(): boolean {
  return follows;
}

/** What is running now, where it is known. */
export function currentParty(): Party | undefined {
  return follows ? storage?.getStore()?.party : undefined;
}

export function currentContext(): Context | undefined {
  return storage?.getStore();
}

/** Calls the function as that party; everything that it starts belongs to the party too. */
export function runAs<T>(party: Party, fn: () => T): T {
  return runIn({ party, held: storage?.getStore()?.held }, fn);
}

/** Calls the function of a task in its context. */
export function runIn<Given extends unknown[], T>(context: Context, fn: (...given: Given) => T, ...given: Given): T {
  return storage === undefined || !follows ? fn(...given) : storage.run(context, fn, ...given);
}

/**
 * Calls a function in that context, whether or not tasks are followed. To be done last in a microtask: what comes after it
 * there may be in the context, too.
 */
export function callIn<T>(context: Context, fn: () => T): T {
  if (storage === undefined) return fn();
  // What is entered there leaks into what began to wait before the first context of the process was entered.
  if (leaks) return storage.run(context, fn);
  storage.enterWith(context);
  return fn();
}

/** What calls functions in the context of now, whatever theirs would be. */
export function bindContext(): <R>(fn: () => R) => R {
  return hooks === undefined ? (fn) => fn() : hooks.AsyncLocalStorage.snapshot();
}

/** Calls functions as if nobody had: a timer that they start holds on to nothing that whoever has called can reach. */
export const detached: <R>(fn: () => R) => R = bindContext();

/** Name of the task, or sink, of which the party is a part. */
export function taskOf(party: Party | undefined): string | undefined {
  let task = party;
  while (task?.kind === "call") task = task.parent;
  return task?.kind === "scope" ? undefined : task?.name;
}
