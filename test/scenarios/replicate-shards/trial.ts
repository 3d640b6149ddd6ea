import { attempt } from "./attempt.ts";
import type { Outcome } from "./attempt.ts";
import type { HostBehaviour } from "./host-server.ts";
import type { Hosts } from "./hosts.ts";
import { checksums } from "./shards.ts";
import type { Expected } from "./shards.ts";
import { bar, size } from "./view.ts";
import type { Live } from "./view.ts";

export const behaviours = {
  "host-1": {},
  "host-2": { rate: 32e6 },
  "host-3": { rate: 16e6 },
} as const satisfies Record<string, HostBehaviour>;

export const hostCount = Object.keys(behaviours).length;
/** Bytes. */
export const chunkSize = 64 * 1024;
/** Chunks that may wait for each host. */
export const capacity = 16;
/** Bytes that may wait in all. */
export const bound = hostCount * capacity * chunkSize;
/** Milliseconds without progress after which a form counts as stuck. */
export const stuckAfter = 3000;

/** An input and what the hosts must answer to it. */
export interface Input {
  readonly path: string;
  /** Shards of it that are used; default: all. */
  readonly limit: number | undefined;
  readonly expected: Expected;
}

export async function inputOf(path: string, paths: readonly string[], limit?: number): Promise<Input> {
  return { path, limit, expected: await checksums(paths, { hosts: hostCount, chunkSize, limit }) };
}

/** Runs one form, given by the URL of its module, and keeps its progress or the lack of it in view. */
export async function run(form: string, hosts: Hosts, { path, limit, expected }: Input, live: Live): Promise<Outcome> {
  let read = 0;
  let since = performance.now();
  const show = setInterval(() => {
    const idle = (performance.now() - since) / 1000;
    const silence = idle < 0.5 ? "" : `  no progress for ${idle.toFixed(1)} s`;
    live(`${bar(read, expected.bytes)}  ${size(read)}${silence}`);
  }, 50);
  const onProgress = (now: number) => {
    read = now;
    since = performance.now();
  };
  const order = { form, input: path, hosts: hosts.addresses, chunkSize, capacity, limit };
  try {
    return await attempt(order, { stuckAfter, onProgress });
  } finally {
    clearInterval(show);
  }
}

/** What is wrong with an outcome; undefined if every host has what it should have. */
export function faultOf(outcome: Outcome, { perHost }: Expected): string | undefined {
  if (outcome.kind === "failed") return `failed: ${outcome.message}`;
  if (outcome.kind === "stuck") return `hangs: ${outcome.waits}`;
  const wrong = perHost.findIndex(({ bytes, sha256 }, i) => {
    const receipt = outcome.receipts[i];
    return receipt?.bytes !== bytes || receipt.sha256 !== sha256;
  });
  return wrong === -1 ? undefined : `host-${String(wrong + 1)} has other bytes than the source`;
}
