import type { Socket } from "node:net";
import process from "node:process";
import { encode } from "./frames.ts";
import type { Message } from "./messages.ts";

/** Writes messages, those of one turn at once. */
export class Outbox {
  readonly #socket: Socket;
  #frames: Buffer[] = [];

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Bytes that wait for the other side to read. */
  get size(): number {
    return this.#socket.writableLength;
  }

  add(message: Message): void {
    if (this.#frames.push(encode(message)) === 1) queueMicrotask(this.#flushSoon);
    // What has arrived is so for the broker before anybody here can do anything with it, such as to end the process.
    if (message.type === "keep") this.flush();
  }

  /** What goes on because of this message, such as who takes what was put, may have something to say, too. */
  readonly #flushSoon = (): void => {
    process.nextTick(this.flush);
  };

  readonly flush = (): void => {
    const frames = this.#frames;
    const [first] = frames;
    if (first === undefined) return;
    this.#frames = [];
    if (!this.#socket.destroyed) this.#socket.write(frames.length === 1 ? first : Buffer.concat(frames));
  };
}
