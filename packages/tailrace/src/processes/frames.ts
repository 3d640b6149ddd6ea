// A frame is the length of what follows (4 bytes, big-endian as all numbers), the type of the message (1), the number of
// the thing (4), the number of the request (4), and the payload.
import { CODES } from "./messages.ts";
import type { Message } from "./messages.ts";

const LENGTH = 4;
const HEAD = 9;

/** Bytes of a frame beside its payload. */
const FRAME: number = LENGTH + HEAD;

const types = new Map(Object.entries(CODES).map(([type, code]) => [code, type as Message["type"]]));

export function encode({ type, thing, id, payload }: Message): Buffer {
  const frame = Buffer.allocUnsafe(FRAME + payload.length);
  frame.writeUInt32BE(HEAD + payload.length, 0);
  frame.writeUInt8(CODES[type], LENGTH);
  frame.writeUInt32BE(thing, LENGTH + 1);
  frame.writeUInt32BE(id, LENGTH + 5);
  frame.set(payload, FRAME);
  return frame;
}

/** What was received is no frame. */
export class FrameError extends Error {}

/** Makes messages of what comes in pieces. */
export class FrameReader {
  /** Bytes that a payload may have. */
  most: number;
  /** The frame that has not come to its end: as much of it as is there, and what it is to become. */
  #begun: Buffer[] = [];
  #size = 0;
  #wanted = LENGTH;

  constructor(most: number) {
    this.most = most;
  }

  /**
   * The messages that are complete with this piece. Payloads are parts of it: who keeps one for long copies it.
   * @throws {FrameError} if it is none, or a longer one than there may be; nothing may be read after that
   */
  *read(piece: Buffer): Generator<Message, void, undefined> {
    this.#begun.push(piece);
    this.#size += piece.length;
    if (this.#size < this.#wanted) return;
    const bytes = this.#begun.length === 1 ? piece : Buffer.concat(this.#begun);
    let at = 0;
    for (this.#wanted = LENGTH; bytes.length - at >= LENGTH; this.#wanted = LENGTH) {
      const length = bytes.readUInt32BE(at);
      if (length < HEAD || length > HEAD + this.most) throw new FrameError(this.#fault(length));
      this.#wanted = LENGTH + length;
      if (bytes.length - at < this.#wanted) break;
      yield this.#message(bytes.subarray(at, (at += this.#wanted)));
    }
    this.#begun = at === bytes.length ? [] : [bytes.subarray(at)];
    this.#size = bytes.length - at;
  }

  #message(frame: Buffer): Message {
    const code = frame.readUInt8(LENGTH);
    const type = types.get(code);
    if (type === undefined) throw new FrameError(`a message of the unknown type ${code.toString()}`);
    const thing = frame.readUInt32BE(LENGTH + 1);
    return { type, thing, id: frame.readUInt32BE(LENGTH + 5), payload: frame.subarray(FRAME) };
  }

  #fault(length: number): string {
    if (length < HEAD) return "bytes that are no message";
    const [size, most] = [length - HEAD, this.most].map((bytes) => bytes.toLocaleString("en"));
    return `bytes that are no message, or one of ${size ?? ""} bytes where ${most ?? ""} are the most`;
  }
}
