import { fork } from "node:child_process";
import type { HostAddress } from "./hosts.ts";
import type { Receipt } from "./replicate.ts";

export interface Attempt {
  /** URL of the module that exports `replicate`. */
  readonly form: string;
  /** Directory or file to replicate. */
  readonly input: string;
  readonly hosts: readonly HostAddress[];
  /** Bytes. */
  readonly chunkSize: number;
  /** Chunks a host. */
  readonly capacity: number;
  /** Shards after which the input counts as ended; default: none. */
  readonly limit?: number | undefined;
}

interface Replicated {
  readonly kind: "replicated";
  readonly receipts: readonly Receipt[];
  /** Bytes read from the source. */
  readonly read: number;
  readonly seconds: number;
  /** The most bytes that waited in the buffers. */
  readonly buffered: number;
  /** Resident memory of the coordinator in bytes: before the first byte, and the most seen at any shard. */
  readonly memory: { readonly before: number; readonly peak: number };
}

export type Outcome =
  | Replicated
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "stuck"; readonly read: number; readonly waits: string };

/** What the coordinator's process says to this one. */
export type Told =
  | Exclude<Outcome, { kind: "stuck" }>
  | { readonly kind: "progress"; readonly read: number }
  | { readonly kind: "waits"; readonly read: number; readonly text: string };

export interface Patience {
  /** Milliseconds without progress after which the attempt counts as stuck. */
  readonly stuckAfter?: number;
  /** Called with the bytes read so far. */
  readonly onProgress?: (read: number) => void;
  /** Arguments for the child's Node. */
  readonly execArgv?: string[];
}

/** Time for a process to load before its first word. */
const loading = 30_000;

/** Runs one form in a process of its own; one that makes no progress says what it waits for and is ended. */
export function attempt(attempt: Attempt, patience: Patience = {}): Promise<Outcome> {
  const { stuckAfter = 3000, onProgress, execArgv = process.execArgv } = patience;
  return new Promise((resolve, reject) => {
    const child = fork(new URL("attempt.child.ts", import.meta.url), [JSON.stringify(attempt)], { execArgv });
    let outcome: Outcome | undefined;
    let read = 0;
    let asked = false;
    let timer = setTimeout(giveUp, loading);

    function giveUp(): void {
      if (asked) {
        end({ kind: "stuck", read, waits: "it did not answer: its event loop is blocked" });
      } else {
        asked = true;
        child.send("what do you wait for?");
        timer = setTimeout(giveUp, stuckAfter);
      }
    }

    function end(how: Outcome): void {
      outcome = how;
      clearTimeout(timer);
      if (how.kind === "stuck") child.kill("SIGKILL");
    }

    child.on("message", (told: Told) => {
      if (outcome !== undefined) return;
      if (told.kind === "waits") end({ kind: "stuck", read: told.read, waits: told.text });
      else if (told.kind !== "progress") end(told);
      else if (!asked) {
        read = told.read;
        onProgress?.(read);
        clearTimeout(timer);
        timer = setTimeout(giveUp, stuckAfter);
      }
    });
    child.once("error", reject);
    child.once("exit", (code) => {
      clearTimeout(timer);
      resolve(outcome ?? { kind: "failed", message: `the coordinator ended early with code ${String(code)}` });
    });
  });
}
