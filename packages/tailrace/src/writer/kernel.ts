// How much a kernel can send of what goes out by a TCP connection (Jansen et al., "Never been KIST: Tor's congestion
// management blossoms with kernel-informed socket transport", 2014). What it was given cannot be overtaken any more.

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
  /** Bytes that have arrived at the other end, since the connection was made. */
  readonly acked: number;
}

/**
 * Bytes that may be written to a connection now, as Tor has it: the free room of the congestion window, and as much again,
 * times the factor, to have something at hand when acknowledgements come in.
 *
 * @param own bytes that are in buffers of the stream
 * @param factor Tor's KISTSockBufSizeFactor
 */
export function kernelLimit({ cwnd, unacked, mss, notSent }: TcpInfo, own: number, factor: number): number {
  const space = Math.max(0, cwnd - unacked) * mss;
  const extra = cwnd * mss * factor - notSent - own;
  return Math.max(0, space + extra);
}
