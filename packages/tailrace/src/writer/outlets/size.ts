import { isObject } from "../../arguments.ts";

interface Platform {
  readonly Buffer?: { byteLength(text: string): number };
}

const { Buffer } = globalThis as Platform;

/** Bytes of a text in UTF-8. */
export const textSize: (text: string) => number =
  Buffer === undefined ? (text) => new TextEncoder().encode(text).length : (text) => Buffer.byteLength(text);

/** Bytes of a text, of something binary, or of a Blob; undefined for anything else. */
export function byteSize(chunk: unknown): number | undefined {
  if (typeof chunk === "string") return textSize(chunk);
  if (!isObject(chunk)) return undefined;
  const { byteLength, size } = chunk as { readonly byteLength?: unknown; readonly size?: unknown };
  if (typeof byteLength === "number") return byteLength;
  return typeof Blob === "function" && chunk instanceof Blob ? (size as number) : undefined;
}
