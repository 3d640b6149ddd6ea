/**
 * Something whose events, state or ends others wait for: a server, a child process, a socket, a signal. Resources are
 * named as their type is declared: `http.Server`, `global.AbortSignal`; within a model, `Server` means its first module's.
 */
export interface ResourceModel {
  /** What it is as well: a socket is a `stream.Duplex`. */
  readonly extends?: readonly string[];
  /** What its properties are; `*`: every other one. */
  readonly properties?: Readonly<Record<string, string>>;
  /** By name; `@@call` where it is a function itself, `@@tag` where that is given a template, `*`: every other one. */
  readonly methods?: Readonly<Record<string, CallModel>>;
  readonly events?: Readonly<Record<string, EventModel>>;
  /** What `for await` takes from it, if each item must be read before the next one comes. */
  readonly items?: string;
  /** What it takes, it takes where the one takes it that gave it: a repository uses the pool of its data source. */
  readonly shares?: boolean;
}

/** What a call means for resources: of a method, or of an export that makes one. */
export interface CallModel {
  /** What it returns; `this`: the receiver itself. */
  readonly gives?: string;
  /** What the promise that it returns resolves to. */
  readonly resolves?: string;
  /**
   * Parameters of a function that is given as an argument, by the index of that argument, `last`, or `*` for each
   * argument; empty where it is nothing known. A function with more parameters than these is another kind of handler.
   */
  readonly passes?: Readonly<Record<string, readonly string[]>>;
  /** Events of the receiver (or of what it gives) that may happen from here on, whatever else is done. */
  readonly starts?: readonly string[];
  /** The option that keeps all of them from starting, or the call from waiting for its turn: `lazyConnect`, `ifAvailable`. */
  readonly unless?: string | readonly string[];
  /**
   * The options without which it neither blocks nor has a body, and their values, `*` for any: `{ isStream: "true" }`. The
   * name may be a word among the arguments as well: `xread("BLOCK", 0, …)`.
   */
  readonly when?: Readonly<Record<string, string>>;
  /** Its promise waits for one of these events of the receiver to happen next; `argument`: for the one named first. */
  readonly awaits?: readonly string[] | "argument";
  /** Waits for one of few and takes it: what others wait for until it is given back. */
  readonly acquires?: "lease" | "lock" | "permit";
  /** The argument that says which of them: what has another key is never waited for. */
  readonly key?: number;
  /**
   * It is held while a function runs, and given back by itself: that argument, the `last` one, or the first `function`
   * among them; or during the `call`, until the promise settles that it returns or that calls chained to it return.
   */
  readonly during?: number | "last" | "function" | "call";
  /** The property of what it returns that is its promise: `pool.acquire().promise`. */
  readonly promise?: string;
  /** By this argument, the call, or the chain of calls that it is part of, takes nothing but uses what is held already. */
  readonly joins?: JoinModel;
  /** The function that gives it back: `result`, what the promise resolves to, or that element of it. */
  readonly releaser?: "result" | number;
  /** Gives back, for good or to others: what the receiver is or holds (`client.release()`), or its first argument. */
  readonly releases?: "receiver" | "argument";
  /** What a second release of the same thing does: it `fails`, or `frees` what somebody else holds by now. */
  readonly again?: "fails" | "frees";
  /** How many of what is made can be held at once. */
  readonly permits?: PermitsModel;
  /** Its promise waits until nothing of the receiver is held any more: `queue.onIdle()`; `queued`: until nothing waits. */
  readonly idle?: boolean | "queued";
  /** Until it is through, nothing else runs on this `thread`, or nothing else is answered on this `connection`. */
  readonly blocks?: "thread" | "connection";
  /** The response that it resolves to or passes keeps a connection until its body has been read or given up. */
  readonly body?: boolean;
  /** Reads the body of the receiver, or gives it up. */
  readonly consumes?: boolean;
}

/** The argument that is what a call uses, or whose property is: `{ transaction }`. */
export interface JoinModel {
  readonly argument: number;
  readonly property?: string;
}

/** The number of permits, locks or leases that a call provides. */
export interface PermitsModel {
  /** The argument (any, where it is not named) that says it, or whose property does; with dots below it: `pool.max`. */
  readonly argument?: number;
  readonly property?: string;
  /** Where nothing says it; no number means without bound. */
  readonly default?: number;
}

/** An event of a resource. */
export interface EventModel {
  /** It happens at most once in the life of the resource: who comes later waits for ever. */
  readonly once?: boolean;
  /** Properties or methods that tell whether it has happened. */
  readonly state?: readonly string[];
  /** Events after which it may follow before an `await` of them goes on. */
  readonly follows?: readonly string[];
  /** What its listeners are given. */
  readonly gives?: readonly string[];
  /** Which of these stops everything behind it until it has been read, by its index. */
  readonly holds?: number;
}
