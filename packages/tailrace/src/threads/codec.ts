import { Buffer } from "node:buffer";
import { deserialize, serialize } from "node:v8";
import { isObject, oneOf, wrongType } from "../arguments.ts";
import { TailraceError } from "../errors.ts";

/** How a value becomes bytes, and bytes a value. */
export interface Codec<T> {
  encode(value: T): Uint8Array;
  /** The bytes are a copy of its own. */
  decode(bytes: Uint8Array): T;
}

/**
 * How values are kept.
 *
 * - `"structured"`: what `structuredClone` can copy, but for what is shared or transferred.
 * - `"json"`: as `JSON.stringify` writes it.
 * - `"bytes"`: a `Uint8Array`.
 */
export type CodecName = "structured" | "json" | "bytes";

/**
 * What was read cannot be decoded. If it was taken, it is in no box any more, but here: nothing is lost, and nobody is
 * stuck with it.
 *
 * @example
 * ```ts
 * import { DecodeError, sharedMVar } from "tailrace/threads";
 *
 * const box = sharedMVar<string>({ maxBytes: 64 });
 * await box.take({ timeout: 100 }).catch((error: unknown) => {
 *   if (error instanceof DecodeError) console.error(error.message, error.bytes);
 * });
 * ```
 */
export class DecodeError extends TailraceError {
  /** What cannot be decoded. */
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, message: string, options: ErrorOptions) {
    super("TAILRACE_DECODE", message, options);
    this.bytes = bytes;
  }

  override get name(): string {
    return "DecodeError";
  }
}

/** What is kept: a number as it is, because all else costs more than the hand-over. */
export type Encoded = Uint8Array | number;

/** Bytes of a number. */
export const NUMBER_BYTES = 8;

/** A codec that may leave numbers as they are. */
export interface InnerCodec<T> {
  encode(value: T): Encoded;
  decode(encoded: Encoded): T;
}

const structured: InnerCodec<unknown> = {
  encode: (value) => (typeof value === "number" ? value : serialize(value)),
  decode: (encoded) => (typeof encoded === "number" ? encoded : (deserialize(encoded) as unknown)),
};

const json: Codec<unknown> = {
  encode(value) {
    const text = JSON.stringify(value) as string | undefined;
    if (text === undefined) throw wrongType("value", value, "what JSON can say");
    return Buffer.from(text);
  },
  decode: (bytes) => JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()) as unknown,
};

const asBytes: Codec<unknown> = {
  encode(value) {
    if (!(value instanceof Uint8Array)) throw wrongType("value", value, "a Uint8Array");
    return value;
  },
  decode: (bytes) => bytes,
};

const codecs: Readonly<Record<CodecName, InnerCodec<unknown>>> = {
  structured,
  json: json,
  bytes: asBytes,
};

/** The codec that was asked for, and its name; one of the user's has none. */
export function codecOf<T>(given: CodecName | Codec<T> | undefined): {
  readonly codec: InnerCodec<T>;
  readonly codecName: CodecName | undefined;
} {
  if (typeof given === "object") {
    if (!isObject(given) || typeof given.encode !== "function" || typeof given.decode !== "function") {
      throw wrongType("codec", given, "an object with encode and decode");
    }
    return { codec: given, codecName: undefined };
  }
  const codecName = given === undefined ? "structured" : oneOf("codec", given, ["structured", "json", "bytes"]);
  return { codec: codecs[codecName] as InnerCodec<T>, codecName };
}
