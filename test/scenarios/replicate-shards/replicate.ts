/**
 * Replication of shards to hosts: the job that `naive.ts`, `driven.ts` and `fanned.ts` do in three ways.
 */

/** One chunk for each host, in the order of the hosts. */
export type Shard = readonly Uint8Array[];

/** What a host says that it has stored. */
export interface Receipt {
  readonly host: string;
  readonly bytes: number;
  /** SHA-256 of those bytes, in hexadecimal. */
  readonly sha256: string;
}

/** A machine that stores a stream of chunks. */
export interface Host {
  readonly name: string;
  /**
   * Sends the chunks as one request body. Aborting the signal ends the request and rejects with the signal's reason;
   * any other failure rejects with an error that names the host.
   */
  store(chunks: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Receipt>;
}

interface ReplicateOptions {
  /** Chunks that may wait in memory for each host; 0: each chunk is handed over. */
  readonly capacity: number;
}

/** Resolves to the receipts in the order of the hosts; rejects with the first error, after every request has ended. */
export type Replicate = (
  shards: AsyncIterable<Shard>,
  hosts: readonly Host[],
  options: ReplicateOptions,
) => Promise<Receipt[]>;
