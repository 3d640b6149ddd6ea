import type { Transferable } from "node:worker_threads";
import type { ExitError, ProtocolError } from "./errors.ts";
import type { Call, Reply } from "./messages.ts";

/** What connects a pool to a process or a thread. */
export interface Link {
  readonly pid: number | undefined;
  /** Throws if the message cannot be sent as it is. */
  send(call: Call, transferList?: readonly Transferable[]): void;
  /** Whether it keeps this process alive. It does at first. */
  hold(isHeld: boolean): void;
  /** Begins to end it, if that has not begun. */
  end(): void;
}

/** What is told of a process or a thread. */
export interface LinkEvents {
  readonly onReply: (reply: Reply) => void;
  /** It has said what is no reply. */
  readonly onFault: (error: ProtocolError) => void;
  /** It has ended, and everything that it has said was told. */
  readonly onClosed: (error: ExitError) => void;
}
