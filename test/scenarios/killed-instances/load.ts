import type { Pool } from "tailrace";

/** A pool whose instances are killed while they are used. */
export interface Load extends AsyncDisposable {
  readonly pool: Pool<unknown>;
  /** Uses an instance; throws when that is killed before it has answered. */
  ask(): Promise<void>;
  /** Kills something after a while; nothing is killed from when it settles until the next call. */
  kill(): Promise<void>;
  /** What is left though the pool is closed. */
  left(): number;
}

/** The slots that each pool has. */
export const SIZE = 4;
