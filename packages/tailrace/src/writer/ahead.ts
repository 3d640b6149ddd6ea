// Where not the network is slow but who reads, the congestion window stays wide, and the kernel would take megabytes. So it
// gets no more than it sends until somebody looks again.

/** Bytes that the kernel gets at least: it would have nothing to do. */
const LEAST = 16_384;

/** Milliseconds: the kernel has what it sends in them. */
const AHEAD = 5;

/** Milliseconds over which is measured how much arrives: what is read slowly arrives in bursts. */
const SPAN = 50;

/** Milliseconds until somebody looks again, at least and at most. */
const SOON = 1;
const LATE = 50;

/** Bytes in a millisecond. Of a connection that is slower it is not known how slow it is. */
const SLOWEST = LEAST / 2 / LATE;

interface Seen {
  /** Bytes that have arrived until now. */
  readonly acked: number;
  /** Bytes that have not been sent. */
  readonly unsent: number;
  /** Whether there was more to send, and it was not given more because of what it should have. */
  readonly isShort: boolean;
  /** Whether nobody has looked for as long as `delay` said. */
  readonly hasWaited: boolean;
}

/**
 * How many bytes a kernel should have that it has not sent, by how many arrive. Its own figure of that, `delivery_rate`,
 * is ten times too high for a slow reader on a fast network: it is that of a burst, when the window of the reader opens.
 */
export class Ahead {
  /** Bytes in a millisecond. */
  #rate = LEAST / AHEAD;
  #measured = 0;
  #since: number;
  #acked: number;
  #unsent = 0;
  /** Whether nothing is known yet of how much it can send. */
  #isStarting = true;

  /** @param acked bytes that have arrived until now */
  constructor(acked: number, now: number) {
    this.#acked = acked;
    this.#since = now;
  }

  /** How many bytes it may get, after what was just seen. */
  room({ acked, unsent, isShort, hasWaited }: Seen, now: number): number {
    this.#unsent = unsent;
    const isDry = unsent === 0;
    const elapsed = now - this.#since;
    if (elapsed >= SPAN) {
      this.#measured = (acked - this.#acked) / elapsed;
      // Who has nothing to send could send more.
      if (this.#measured > this.#rate || !isDry) this.#rate = Math.max(SLOWEST, this.#measured);
      this.#since = now;
      this.#acked = acked;
    }
    if (isDry && isShort && (this.#isStarting || this.#rate < LEAST / AHEAD)) this.#rate *= 2;
    if (!isDry && hasWaited) this.#isStarting = false;
    return Math.max(0, this.#most - unsent);
  }

  /** Milliseconds until half of it should be sent. */
  get delay(): number {
    const wait = (this.#unsent - this.#most / 2) / this.#rate;
    return Math.min(Math.max(SOON, Math.floor(wait)), LATE);
  }

  /** Bytes that it may always get, once it is known how fast it is: it has sent them before somebody can look again. */
  get least(): number {
    return Math.max(0, this.#measured * 2 * SOON - this.#unsent);
  }

  get #most(): number {
    return Math.max(LEAST, this.#rate * AHEAD);
  }
}
