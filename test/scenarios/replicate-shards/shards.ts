import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Shard } from "./replicate.ts";

/** How a stream of bytes is cut: chunks of `chunkSize` bytes, dealt to `hosts` hosts in turn. */
export interface Striping {
  readonly hosts: number;
  readonly chunkSize: number;
  /** Shards after which to stop; default: none. */
  readonly limit?: number | undefined;
}

/** What each host must end up with, computed from the files alone. */
export interface Expected {
  readonly bytes: number;
  readonly shards: number;
  readonly perHost: readonly { readonly bytes: number; readonly sha256: string }[];
}

/** The regular files under a directory, by path; a file stands for itself. Links are not followed. */
export async function files(path: string): Promise<string[]> {
  const root = await realpath(path);
  if (!(await stat(root)).isDirectory()) return [root];
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * Reads the files one after the other and deals their bytes to the hosts. Every shard has one chunk for each host; the
 * chunks of the last shard may be short or empty.
 *
 * @throws Error that names the file which could not be read
 */
export async function* shards(paths: readonly string[], striping: Striping): AsyncGenerator<Shard> {
  const { hosts, chunkSize, limit = Infinity } = striping;
  const size = hosts * chunkSize;
  let dealt = 0;
  let stripe = new Uint8Array(size);
  let filled = 0;
  for (const path of paths) {
    for await (const piece of read(path)) {
      for (let from = 0; from < piece.length;) {
        const part = piece.subarray(from, from + size - filled);
        stripe.set(part, filled);
        filled += part.length;
        from += part.length;
        if (filled === size) {
          yield deal(stripe, hosts, chunkSize);
          if (++dealt >= limit) return;
          stripe = new Uint8Array(size);
          filled = 0;
        }
      }
    }
  }
  if (filled > 0) yield deal(stripe.subarray(0, filled), hosts, chunkSize);
}

/** Reads everything once to know what the hosts must answer. */
export async function checksums(paths: readonly string[], striping: Striping): Promise<Expected> {
  const perHost = Array.from({ length: striping.hosts }, () => ({ bytes: 0, hash: createHash("sha256") }));
  let count = 0;
  for await (const shard of shards(paths, striping)) {
    count += 1;
    perHost.forEach((host, i) => {
      const chunk = shard[i] ?? new Uint8Array();
      host.bytes += chunk.length;
      host.hash.update(chunk);
    });
  }
  return {
    bytes: perHost.reduce((sum, host) => sum + host.bytes, 0),
    shards: count,
    perHost: perHost.map(({ bytes, hash }) => ({ bytes, sha256: hash.digest("hex") })),
  };
}

async function* read(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw new Error(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function deal(stripe: Uint8Array, hosts: number, chunkSize: number): Shard {
  return Array.from({ length: hosts }, (_, i) => stripe.subarray(i * chunkSize, (i + 1) * chunkSize));
}
