// Chunks of bytes in a ring of words: one word says how long a chunk is, then it comes, and begins anew where the ring ends.
import { Buffer } from "node:buffer";
import type { Frames } from "./byte-ring.ts";

const WORD = Int32Array.BYTES_PER_ELEMENT;

/** Words of the frame of so many bytes. */
export function roomOf(bytes: number): number {
  return 1 + Math.ceil(bytes / WORD);
}

/** @param base the first word of the ring, which has so many */
export function framesIn(memory: SharedArrayBuffer, base: number, size: number): Frames<Uint8Array> {
  const words = new Int32Array(memory, base * WORD, size);
  const bytes = new Uint8Array(memory, base * WORD, size * WORD);
  return {
    size,
    sizeOf: (chunk) => roomOf(chunk.length),
    write(position, chunk) {
      words[position] = chunk.length;
      const start = ((position + 1) % size) * WORD;
      const first = Math.min(chunk.length, bytes.length - start);
      if (first === chunk.length) bytes.set(chunk, start);
      else {
        bytes.set(chunk.subarray(0, first), start);
        bytes.set(chunk.subarray(first), 0);
      }
    },
    read(position) {
      const length = words[position] ?? 0;
      const start = ((position + 1) % size) * WORD;
      const first = Math.min(length, bytes.length - start);
      const chunk = unwritten(length);
      chunk.set(bytes.subarray(start, start + first));
      if (first < length) chunk.set(bytes.subarray(0, length - first), first);
      return { value: chunk, size: roomOf(length) };
    },
  };
}

/** Memory that is overwritten at once need not be cleared; and `slice` of shared memory copies byte by byte. */
export function unwritten(length: number): Uint8Array {
  return new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
}

/** A text of so many bytes at most; what is longer is cut. */
export function bytesIn(
  memory: SharedArrayBuffer,
  base: number,
  most: number,
): { write(text: string): void; read(): string } {
  const frames = framesIn(memory, base, roomOf(most));
  return {
    write(text) {
      frames.write(0, Buffer.from(text).subarray(0, most));
    },
    read: () => Buffer.from(frames.read(0).value).toString(),
  };
}
