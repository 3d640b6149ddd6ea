// What is said between the broker and those who take part: requests one way, replies the other.

/** What a client says. Everything but `keep` and `undo` is answered. */
export type Request =
  | "hello"
  | "open"
  | "close"
  | "take"
  | "swap"
  | "borrow"
  | "put"
  | "read"
  | "tryTake"
  | "trySwap"
  | "tryPut"
  | "tryRead"
  | "isEmpty"
  /** What was given has arrived: nobody else has it from here on. */
  | "keep"
  /** The request of that number was given up: what it was given goes back. That of a put is answered. */
  | "undo"
  /** What was borrowed goes back as it was, or another value in its place, or nothing. */
  | "return"
  | "replace"
  | "drop"
  | "acquire"
  | "tryAcquire"
  | "release"
  | "available";

/** What the broker says. */
export type Reply =
  | "welcome"
  | "opened"
  | "done"
  | "value"
  /** There is nothing, or no room, and nobody is to wait. */
  | "nothing"
  | "undone"
  /** Somebody has died who had it; the payload says who. */
  | "died"
  /** What is known of a wait that goes on. */
  | "note"
  /** Why the request cannot be served. */
  | "refused"
  /** Why the connection ends. */
  | "fault";

export interface Message {
  readonly type: Request | Reply;
  /** Number of the thing that it is about. */
  readonly thing: number;
  /** Number of the request that it is, or answers. Each client counts its own. */
  readonly id: number;
  readonly payload: Uint8Array;
}

export const NOTHING: Uint8Array = new Uint8Array();

/** What stands for a type in a frame. */
export const CODES: Readonly<Record<Message["type"], number>> = {
  hello: 1,
  open: 2,
  close: 3,
  take: 4,
  swap: 5,
  borrow: 6,
  put: 7,
  read: 8,
  tryTake: 9,
  trySwap: 10,
  tryPut: 11,
  tryRead: 12,
  isEmpty: 13,
  keep: 14,
  undo: 15,
  return: 16,
  replace: 17,
  drop: 18,
  acquire: 19,
  tryAcquire: 20,
  release: 21,
  available: 22,
  welcome: 32,
  opened: 33,
  done: 34,
  value: 35,
  nothing: 36,
  undone: 37,
  died: 38,
  note: 39,
  refused: 40,
  fault: 41,
};

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

export function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** What a broker and a client begin with: that they speak this protocol, in this version, and who they are. */
const GREETING = "tailrace 1 process ";

export function greeting(pid: number): Uint8Array {
  return bytesOf(`${GREETING}${pid.toString()}`);
}

/** Number of the process that greets; undefined if that is no greeting of this version. */
export function greeted(payload: Uint8Array): number | undefined {
  const text = textOf(payload.subarray(0, GREETING.length + 10));
  const pid = text.startsWith(GREETING) ? Number(text.slice(GREETING.length)) : NaN;
  return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
}
