import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EMPTY } from "tailrace";
import type { NamedMVar, NamedSemaphore } from "tailrace/processes";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { idle } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import type { Order } from "./party.child.ts";

/** Makes each test of the file fail if a name, a socket, a process or a wait is left of it. Gives the folder of names. */
export function ownFolder(): () => string {
  nothingIsLeft();
  let folder = "";
  const children = new Set<ChildProcess>();
  started = children;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "tailrace-names-"));
  });

  afterEach(async () => {
    for (const child of children) {
      const exit = once(child, "exit");
      child.kill("SIGKILL");
      await exit;
    }
    await idle();
    const left = await readdir(folder);
    await rm(folder, { recursive: true });
    expect(left).toEqual([]);
    const kinds = ["ProcessWrap", "PipeServerWrap", "PipeConnectWrap", "PipeWrap"];
    const active = process.getActiveResourcesInfo().filter((kind) => kinds.includes(kind));
    expect(active).toEqual(before);
  });

  let before: string[];
  beforeEach(() => {
    before = process.getActiveResourcesInfo().filter((kind) => kind.startsWith("Pipe") || kind === "ProcessWrap");
  });
  return () => folder;
}

export const execArgv: string[] = ["--conditions=tailrace-source", "--disable-warning=ExperimentalWarning"];

/** Processes that run. */
let started: Set<ChildProcess>;

/** Another process that takes part. */
export interface Other {
  readonly pid: number;
  /** Has it do something, and gives what that gives. */
  tell(...order: Order): Promise<unknown>;
  /** Settles with the next thing that it tells by itself. */
  told(): Promise<unknown>;
  kill(): Promise<void>;
  /** Settles when it has ended. */
  ended(): Promise<void>;
}

/** Starts a process that opens something. */
export async function startOther(thing: NamedMVar<unknown> | NamedSemaphore, folder: string): Promise<Other> {
  const kind = "permits" in thing ? "semaphore" : "mvar";
  const child = fork(new URL("party.child.ts", import.meta.url), [kind, thing.name, folder], {
    execArgv,
    serialization: "advanced",
  });
  started.add(child);
  child.once("exit", () => started.delete(child));
  const answers = new Map<
    number,
    { readonly resolve: (value: unknown) => void; readonly reject: (e: unknown) => void }
  >();
  const told: unknown[] = [];
  let onTold: (() => void) | undefined;
  let last = 0;
  child.on("message", (message: { id: number; value: unknown; error?: unknown } | { told: unknown }) => {
    if ("told" in message) {
      told.push(message.told);
      onTold?.();
    } else if ("error" in message) answers.get(message.id)?.reject(message.error);
    else answers.get(message.id)?.resolve(message.value);
  });
  const other: Other = {
    pid: child.pid ?? 0,
    tell(...order) {
      const id = ++last;
      return new Promise((resolve, reject) => {
        answers.set(id, { resolve, reject });
        child.send({ id, order });
      });
    },
    async told() {
      if (told.length === 0) await new Promise<void>((resolve) => (onTold = resolve));
      return told.shift();
    },
    async kill() {
      const ended = other.ended();
      child.kill("SIGKILL");
      await ended;
    },
    async ended() {
      await once(child, "exit");
    },
  };
  expect(await other.told()).toBe("open");
  return other;
}

type Elsewhere = typeof import("tailrace/processes") & { readonly EMPTY: typeof EMPTY };

/** The library once more, as another process would have it: what it keeps is elsewhere, and only sockets lead there. */
export async function elsewhere(): Promise<Elsewhere> {
  vi.resetModules();
  const library = await import("tailrace");
  return { EMPTY: library.EMPTY, ...(await import("tailrace/processes")) };
}
