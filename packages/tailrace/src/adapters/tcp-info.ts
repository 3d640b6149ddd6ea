import { callable, isObject, wrongType } from "../arguments.ts";
import { TailraceError } from "../errors.ts";
import type { TcpInfo } from "../writer/kernel.ts";

/** As much of the package `koffi`, which calls functions of C, as is needed. */
export interface Koffi {
  /** Opens a library; null for what the process itself has loaded, such as the C library. */
  load(path: null): { func(declaration: string): unknown };
  /** Why the last call has failed. */
  errno(): number;
}

type GetSocketOption = (fd: number, level: number, name: number, value: ArrayBufferView, size: Uint32Array) => number;

/** Of `netinet/tcp.h`. */
const IPPROTO_TCP = 6;
const TCP_INFO = 11;

/** Where the fields of `struct tcp_info` are, in words of four bytes; what was acknowledged has two. */
const MSS = 4;
const UNACKED = 6;
const CWND = 20;
const ACKED = 30;
const NOT_SENT = 36;
const WORDS = 38;

/**
 * Asks the kernel of Linux how a TCP connection stands, for the scheduler of writes: `writeScheduler({ tcpInfo })`. Of
 * sockets, also those of TLS, of responses of HTTP, streams of HTTP/2 and WebSockets of `ws`; gives undefined for what has
 * no open socket.
 * A call takes a microsecond. It needs Linux 4.6.
 *
 * @param koffi The package `koffi`, which comes with binaries for usual processors.
 * @returns a function that throws `TailraceError` with the code `TAILRACE_NO_TCP_INFO` if the kernel refuses to tell, as
 * for a socket that is none of TCP
 * @throws {ArgumentError} if it is not that package
 * @throws {TailraceError} with the code `TAILRACE_NO_TCP_INFO` on anything but Linux
 * @example
 * ```ts
 * import { createConnection } from "node:net";
 * import koffi from "koffi";
 * import { writeScheduler } from "tailrace";
 * import { tcpInfo } from "tailrace/adapters";
 *
 * const scheduler = writeScheduler(process.platform === "linux" ? { tcpInfo: tcpInfo(koffi) } : {});
 * const sink = scheduler.sink(createConnection(9000));
 * console.log(sink.stats.limit); // kernel
 * ```
 */
export function tcpInfo(koffi: Koffi): (socket: unknown) => TcpInfo | undefined {
  const given: unknown = koffi;
  if (!isObject(given)) throw wrongType("koffi", koffi, "the package koffi");
  callable("koffi.load", given["load"]);
  const { platform } = process;
  if (platform !== "linux") throw noTcpInfo(`only Linux tells how a TCP connection stands, and this is ${platform}`);
  const declaration = "int getsockopt(int fd, int level, int name, void *value, void *size)";
  const getsockopt = koffi.load(null).func(declaration) as GetSocketOption;
  const words = new Uint32Array(WORDS);
  const longs = new BigUint64Array(words.buffer);
  const size = new Uint32Array(1);
  return (socket) => {
    const fd = descriptorOf(socket);
    if (fd === undefined) return undefined;
    size[0] = words.byteLength;
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, words, size) !== 0) {
      throw noTcpInfo(`getsockopt of TCP_INFO has failed, error ${koffi.errno().toString()}`);
    }
    return {
      cwnd: words[CWND] ?? 0,
      unacked: words[UNACKED] ?? 0,
      mss: words[MSS] ?? 0,
      notSent: words[NOT_SENT] ?? 0,
      acked: Number(longs[ACKED / 2] ?? 0n),
    };
  };
}

function noTcpInfo(why: string): TailraceError {
  return new TailraceError("TAILRACE_NO_TCP_INFO", `tcpInfo: ${why}`);
}

/** What is known of a socket, of a response, of a stream of HTTP/2, or of a WebSocket of the package `ws`. */
interface Connected {
  readonly _handle?: { readonly fd?: number } | null;
  readonly socket?: Connected | null;
  readonly _socket?: Connected | null;
  readonly session?: { readonly socket?: Connected } | null;
}

function descriptorOf(target: unknown): number | undefined {
  if (!isObject(target)) return undefined;
  const { _handle, socket, _socket, session }: Connected = target;
  const handle = _handle ?? (socket ?? _socket)?._handle ?? session?.socket?._handle;
  const fd = handle?.fd;
  return fd !== undefined && fd >= 0 ? fd : undefined;
}
