// How much a kernel should be given of what goes out by a TCP connection. What it has been given cannot be overtaken any
// more, so it gets no more than it can send before somebody looks again (Jansen et al., "Never been KIST: Tor's congestion
// management blossoms with kernel-informed socket transport", 2014).

/** What the kernel says of a TCP connection: a part of `struct tcp_info` of Linux. */
export interface TcpInfo {
  /** Segments that may be under way: the congestion window. */
  readonly cwnd: number;
  /** Segments that are under way. */
  readonly unacked: number;
  /** Bytes of a segment. */
  readonly mss: number;
  /** Bytes that the kernel has, and has not sent yet. */
  readonly notSent: number;
  /** Bytes in a second that have arrived of late; 0 if that is not known. */
  readonly deliveryRate: number;
}

/** Bytes that the kernel gets at least if it has sent all it had: it would have nothing to do. */
const LEAST_AHEAD = 16_384;

/** Milliseconds after which a run looks again at a connection whose kernel has enough. */
export const LOOK = 5;

/** The kernel gets what it can send in so many milliseconds: timers are late. */
const AHEAD = 3 * LOOK;

/**
 * Bytes that may be written to a connection now.
 *
 * Tor's rule is the free room of the congestion window, and as much again, times the factor, to have something at hand
 * when acknowledgements come in. But where not the network is slow but who reads, the window stays wide, so more than
 * is sent until the next look is not given.
 *
 * @param own bytes that are in buffers of the stream
 * @param factor Tor's KISTSockBufSizeFactor
 */
export function kernelLimit(
  { cwnd, unacked, mss, notSent, deliveryRate }: TcpInfo,
  own: number,
  factor: number,
): number {
  const space = Math.max(0, cwnd - unacked) * mss;
  const extra = cwnd * mss * factor - notSent - own;
  const ahead = Math.max(LEAST_AHEAD, (deliveryRate * AHEAD) / 1000) - notSent - own;
  return Math.max(0, Math.min(space + extra, ahead));
}
