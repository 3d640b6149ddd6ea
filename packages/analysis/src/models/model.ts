import type { CallModel, ResourceModel } from "./resource.ts";

/**
 * The vocabulary in which a library is described. A model file is a table: what each export makes, and what each
 * member of what was made means for whoever waits.
 *
 * A *pipe* is anything with a writing and a reading end and bounded room between them. An *end* is a value through
 * which one or both sides of a pipe can be reached; its *kind* says which members do what.
 */
export interface LibraryModel {
  /** Module specifiers without `node:`; `global` for what needs no import. */
  readonly modules: readonly string[];
  /** By export name; members of an export with dots (`Readable.from`). */
  readonly exports?: Readonly<Record<string, ApiModel>>;
  readonly kinds?: Readonly<Record<string, KindModel>>;
  /** Types by which a pipe is recognised that was made elsewhere: name of the type, and its kind. */
  readonly types?: Readonly<Record<string, string>>;
  /** The package that declares those types; `node` for Node's own and the platform's. */
  readonly declaredBy?: string;
  /** What calls of exports mean for resources, by name as in `exports`: what they make, acquire or block. */
  readonly makes?: Readonly<Record<string, CallModel>>;
  /** Exports that are resources themselves. */
  readonly values?: Readonly<Record<string, string>>;
  /** Resources by the name of their type. */
  readonly resources?: Readonly<Record<string, ResourceModel>>;
}

/** What calling or constructing an export means. */
export type ApiModel =
  /** Makes a pipe; the value is an end of the given kind. */
  | { readonly role: "pipe"; readonly kind: string; readonly capacity: CapacityModel }
  /** Makes two pipes, each end of the pair writes into one and reads from the other. */
  | { readonly role: "pipe-pair"; readonly writes: string; readonly reads: string; readonly capacity: CapacityModel }
  /** Makes something that reads what it was given only when it is driven itself. */
  | { readonly role: "lazy"; readonly kind: string }
  /** The same end of the same pipe in other clothes: `Readable.toWeb(pass)`. */
  | { readonly role: "convert"; readonly kind: string }
  /** `once(emitter, event)`: a promise of an event of its first argument. */
  | { readonly role: "event" }
  /** `finished(stream)`: a promise that the stream has ended on both sides. */
  | { readonly role: "finished" }
  /** `pipeline(a, b, …)`: reads each argument into the next; a promise unless a callback is the last argument. */
  | { readonly role: "pipeline" }
  /** Makes a function that runs the functions given to it, so many at a time as its argument says. */
  | { readonly role: "limiter"; readonly option?: string }
  /** Runs its second argument for each element of its first, as many at a time as an option of the third says. */
  | { readonly role: "map"; readonly option: string }
  /** Makes of a function with a callback one with a promise: of `pipeline`, that of `stream/promises`. */
  | { readonly role: "promisify" }
  /** Makes what is given run from here on. */
  | { readonly role: "drive" }
  /** Uses its arguments without reading from them. */
  | { readonly role: "neutral" };

/** How much a pipe takes while nobody reads. */
export interface CapacityModel {
  readonly unit: "bytes" | "items";
  /** Without options; in the unit. */
  readonly size: number;
  /** Where an option says otherwise: argument index and property. */
  readonly option?: { readonly argument: number; readonly property: string };
  /** A property of the same argument by which it never waits for room, unless it has this value. */
  readonly overflow?: { readonly property: string; readonly waits: string };
}

export interface KindModel {
  /** Whoever has it can reach the reading end. */
  readonly reads: boolean;
  /** Members that mean something; `@@iterate`, `@@await` and `@@call` for the operations without a name. */
  readonly members: Readonly<Record<string, MemberRole>>;
  /** Every other method: of a writing end it does not matter, of a reading end it may read. */
  readonly otherwise: MemberRole;
}

export type MemberRole =
  /** A property or method that gives an end of the same pipe. */
  | { readonly role: "end"; readonly kind: string }
  /** Puts its argument in. `waits`: the promise that it returns waits for room. */
  | { readonly role: "write"; readonly waits: boolean }
  /** A promise (property or call) that waits until what was written has been taken; `close` even of nothing. */
  | { readonly role: "wait" }
  /** Starts to read now. */
  | { readonly role: "drive" }
  /** Reads into its first argument: `pipe` returns that argument, `pipeTo` a promise, `pipeThrough` its readable. */
  | { readonly role: "into"; readonly returns: "argument" | "promise" | "readable" }
  /** Registers a listener: event name, then function. */
  | { readonly role: "listen" }
  /** The same lazy thing, with the arguments added to what it will read: query builders. */
  | { readonly role: "chain" }
  | { readonly role: "neutral" };

export const NEUTRAL: MemberRole = { role: "neutral" };
export const DRIVE: MemberRole = { role: "drive" };
export const CHAIN: MemberRole = { role: "chain" };
