// Messages as they go over the connection: so many bytes, of which the first say how many, whose they are, and when they
// were sent.

/** Length, lane, time. */
const HEADER = 16;

/** A clock that threads and processes of a machine share, in milliseconds. */
export function clock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export function frame(lane: number, length: number, sent: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(length, 0);
  bytes.writeUInt32LE(lane, 4);
  bytes.writeDoubleLE(sent, 8);
  return bytes;
}

/** A message that has arrived. Times are those of `clock`. */
export interface Arrival {
  readonly lane: number;
  readonly length: number;
  readonly sent: number;
  readonly arrived: number;
}

/** Takes messages out of what is read, however it was cut. */
export function unframe(onArrival: (arrival: Arrival) => void): (bytes: Buffer) => void {
  const header = Buffer.alloc(HEADER);
  /** Bytes of the message at hand that are here. */
  let here = 0;
  let length = HEADER;
  return (bytes) => {
    for (let at = 0; at < bytes.length;) {
      const wanted = (here < HEADER ? HEADER : length) - here;
      const taken = Math.min(wanted, bytes.length - at);
      if (here < HEADER) bytes.copy(header, here, at, at + taken);
      at += taken;
      here += taken;
      if (here === HEADER) length = header.readUInt32LE(0);
      if (here < length || here < HEADER) continue;
      here = 0;
      onArrival({ lane: header.readUInt32LE(4), length, sent: header.readDoubleLE(8), arrived: clock() });
    }
  };
}
