import type { Host, Shard } from "./replicate.ts";

/** Counts, from outside of a form of `replicate`, what it has read and not yet handed on. */
export interface Meter {
  /** Bytes read from the source. */
  readonly read: number;
  /** Bytes that wait in the buffers of all hosts. */
  readonly buffered: number;
  /** The most that `buffered` has been. */
  readonly peak: number;
  source(shards: AsyncIterable<Shard>): AsyncIterable<Shard>;
  hosts(hosts: readonly Host[]): Host[];
}

/** @param onRead called after each shard that was read, with the meter up to date */
export function meter(onRead: (meter: Meter) => void = () => undefined): Meter {
  let read = 0;
  let peak = 0;
  let buffers: Buffered[] = [];

  const self: Meter = {
    get read() {
      return read;
    },
    get buffered() {
      return buffers.reduce((sum, buffer) => sum + buffer.bytes, 0);
    },
    get peak() {
      return peak;
    },
    async *source(shards) {
      for await (const shard of shards) {
        read += shard.reduce((sum, chunk) => sum + chunk.length, 0);
        onRead(self);
        yield shard;
        // The next shard is asked for when this one has been accepted.
        shard.forEach((chunk, i) => buffers[i]?.accept(chunk));
        peak = Math.max(peak, self.buffered);
      }
    },
    hosts(hosts) {
      buffers = hosts.map(() => new Buffered());
      return hosts.map((host, i) => ({
        name: host.name,
        store: (chunks, signal) => host.store(buffers[i]?.count(chunks) ?? chunks, signal),
      }));
    },
  };
  return self;
}

/** The buffer of one host, seen from outside: what was accepted for it and what its request has not taken. */
class Buffered {
  readonly #waiting: number[] = [];
  /** Chunks that were taken before their shard counted as accepted. */
  #ahead = 0;
  #asking = false;

  /** A chunk on its way to a request that has asked for it is no longer in the buffer, though not yet seen here. */
  get bytes(): number {
    const held = this.#waiting.reduce((sum, size) => sum + size, 0);
    return this.#asking ? held - (this.#waiting[0] ?? 0) : held;
  }

  accept(chunk: Uint8Array): void {
    if (this.#ahead > 0) this.#ahead -= 1;
    else this.#waiting.push(chunk.length);
  }

  async *count(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    this.#asking = true;
    for await (const chunk of chunks) {
      this.#asking = false;
      if (this.#waiting.shift() === undefined) this.#ahead += 1;
      yield chunk;
      this.#asking = true;
    }
  }
}
