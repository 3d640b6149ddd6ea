// What is said between a pool and its processes and threads: one JSON value a line, or one message.
import { inspect } from "node:util";
import { isObject } from "../arguments.ts";
import { RemoteError } from "./errors.ts";

/** What an instance is asked. */
export type Call = { readonly id: number; readonly request: unknown } | { readonly id: number; readonly health: true };

/** What it says: once that it is ready; then to each request any number of outputs, and a response or an error. */
export type Reply =
  | { readonly ready: true }
  | { readonly id: number; readonly healthy: true }
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly response: unknown }
  | { readonly id: number; readonly error: ErrorData };

/** An error on its way. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly cause?: unknown;
}

/** What the environment variable is called that has the path of the socket. */
export const SOCKET_VARIABLE = "TAILRACE_SOCKET";

/** Characters of a line that an error quotes. */
export const LONGEST_QUOTE = 200;

/** Causes of causes that are sent. */
const DEEPEST = 8;

export function isReply(value: unknown): value is Reply {
  if (!isObject(value)) return false;
  if (value["ready"] === true) return true;
  if (typeof value["id"] !== "number") return false;
  if ("error" in value) return isErrorData(value["error"]);
  return value["healthy"] === true || "output" in value || "response" in value;
}

function isErrorData(value: unknown): value is ErrorData {
  return isObject(value) && typeof value["name"] === "string" && typeof value["message"] === "string";
}

/** An error as what can be sent, whatever was thrown. */
export function dataOf(error: unknown, depth = 0): ErrorData {
  if (!(error instanceof Error)) return { name: "Error", message: inspect(error) };
  const { name, message, stack, cause } = error;
  if (cause === undefined || depth === DEEPEST) return { name, message, stack };
  const isPlain = cause === null || ["string", "number", "boolean"].includes(typeof cause);
  const sent = cause instanceof Error ? dataOf(cause, depth + 1) : isPlain ? cause : inspect(cause);
  return { name, message, stack, cause: sent };
}

/** The error that was sent. */
export function errorOf({ name, message, stack, cause }: ErrorData): RemoteError {
  const options = cause === undefined ? undefined : { cause: isErrorData(cause) ? errorOf(cause) : cause };
  return new RemoteError(name, message, typeof stack === "string" ? stack : undefined, options);
}

/** A message as one line. What JSON does not have is null. */
export function lineOf(message: Call | Reply): string {
  return JSON.stringify(Object.fromEntries(Object.entries(message).map(([key, value]) => [key, value ?? null])));
}
