// Another process that takes part, and does what it is told over the channel to its parent.
import process from "node:process";
import { openMVar, openSemaphore } from "tailrace/processes";
import type { NamedMVar, NamedPermit } from "tailrace/processes";

export type Order = readonly [act: keyof typeof acts, given?: unknown];

const [, , kind = "", name = "", folder] = process.argv;
const box = kind === "mvar" ? await openMVar<unknown>(name, { folder }) : (undefined as unknown as NamedMVar<unknown>);
const semaphore = kind === "semaphore" ? await openSemaphore(name, { folder }) : undefined;
const permits: (NamedPermit | undefined)[] = [];

const acts = {
  take: () => box.take(),
  "take in time": (timeout: unknown) => box.take({ timeout: Number(timeout) }),
  put: (value: unknown) => box.put(value),
  read: () => box.read(),
  swap: (value: unknown) => box.swap(value),
  "with, until killed": () =>
    box.with(async (value) => {
      process.send?.({ told: value });
      await new Promise(() => undefined);
    }),
  "take twice": async () => Number(await box.take()) + Number(await box.take()),
  async acquire() {
    permits.push(await semaphore?.acquire());
  },
  release() {
    permits.pop()?.release();
  },
  close: () => box.close(),
  "take and exit": async () => {
    await box.take();
    process.exit();
  },
  pid: () => process.pid,
};

process.on("message", ({ id, order: [act, given] }: { readonly id: number; readonly order: Order }) => {
  void (async () => acts[act](given))().then(
    (value) => process.send?.({ id, value }),
    (error: unknown) => process.send?.({ id, error }),
  );
});
process.send?.({ told: "open" });
