/** A chunk that says whose it is and how long: a byte for the lane, four for the length, and then what it carries. */
export function frame(lane: number, carried: string | Uint8Array): Buffer {
  const body = Buffer.from(carried);
  const head = Buffer.alloc(5);
  head.writeUInt8(lane, 0);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** The other side: chunks come as the network has cut them, frames whole. */
export async function* frames(chunks: AsyncIterable<Buffer>): AsyncGenerator<{ lane: number; body: Buffer }> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32BE(1)) {
      const end = 5 + rest.readUInt32BE(1);
      yield { lane: rest.readUInt8(0), body: rest.subarray(5, end) };
      rest = rest.subarray(end);
    }
  }
}
