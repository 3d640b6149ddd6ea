/**
 * Something whose events, state or ends others wait for: a server, a child process, a socket, a signal. Resources are
 * named as their type is declared: `http.Server`, `global.AbortSignal`; within a model, `Server` means its first module's.
 */
export interface ResourceModel {
  /** What it is as well: a socket is a `stream.Duplex`. */
  readonly extends?: readonly string[];
  /** What its properties are. */
  readonly properties?: Readonly<Record<string, string>>;
  readonly methods?: Readonly<Record<string, CallModel>>;
  readonly events?: Readonly<Record<string, EventModel>>;
}

/** What a call means for resources: of a method, or of an export that makes one. */
export interface CallModel {
  /** What it returns; `this`: the receiver itself. */
  readonly gives?: string;
  /** What the promise that it returns resolves to. */
  readonly resolves?: string;
  /** Parameters of a function that is given as an argument, by the index of that argument or `last`. */
  readonly passes?: Readonly<Record<string, readonly string[]>>;
  /** Events of the receiver (or of what it gives) that may happen from here on, whatever else is done. */
  readonly starts?: readonly string[];
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
}
