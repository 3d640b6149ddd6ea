// Validation: each function returns the value if it can be used, and throws an ArgumentError that names it if not.
import { ArgumentError } from "./errors.ts";

/** What a person would call the value: short, never its whole content. */
function display(value: unknown): string {
  if (typeof value === "string")
    return value.length <= 40 ? JSON.stringify(value) : `a string of ${value.length.toString()} characters`;
  if (typeof value === "bigint") return `${value.toString()}n`;
  if (typeof value === "function") return value.name === "" ? "a function" : `the function ${value.name}`;
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `an array of length ${value.length.toString()}`;
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null;
  const name = prototype?.constructor?.name;
  return typeof name !== "string" || name === "" || name === "Object" ? "an object" : `an instance of ${name}`;
}

export function wrongType(argument: string, given: unknown, wanted: string): ArgumentError {
  return new ArgumentError("TYPE", argument, `${argument}: was given ${display(given)}, wants ${wanted}`);
}

export function outOfRange(argument: string, given: unknown, wanted: string): ArgumentError {
  return new ArgumentError("RANGE", argument, `${argument}: was given ${display(given)}, wants ${wanted}`);
}

/** A number of items: an integer, 0 or as much as said at least, or Infinity. */
export function count(argument: string, value: unknown, least = 0): number {
  const wanted = `a whole number from ${least.toString()}, or Infinity`;
  return number(argument, value, wanted, (it) => it >= least && (it === Infinity || Number.isInteger(it)));
}

/** A time in milliseconds, from 0 to Infinity. */
export function milliseconds(argument: string, value: unknown): number {
  return number(argument, value, "a number of milliseconds from 0, or Infinity", isDuration);
}

function isDuration(value: number): boolean {
  return value >= 0;
}

/** @param fits whether it can be used */
export function number(argument: string, value: unknown, wanted: string, fits: (value: number) => boolean): number {
  if (typeof value !== "number") throw wrongType(argument, value, wanted);
  if (!fits(value)) throw outOfRange(argument, value, wanted);
  return value;
}

export function text(argument: string, value: unknown): string {
  if (typeof value !== "string") throw wrongType(argument, value, "a string");
  return value;
}

const unnamed = new Map<string, number>();

/** The name that something was given, or else one that tells it from others of its kind. */
export function nameOf(kind: string, value: unknown): string {
  if (value !== undefined) return text("name", value);
  const number = (unnamed.get(kind) ?? 0) + 1;
  unnamed.set(kind, number);
  return `${kind}-${number.toString()}`;
}

export function abortSignal(argument: string, value: unknown): AbortSignal | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value) || typeof value["aborted"] !== "boolean" || typeof value["addEventListener"] !== "function") {
    throw wrongType(argument, value, "an AbortSignal");
  }
  return value as unknown as AbortSignal;
}

export function callable(argument: string, value: unknown): void {
  if (typeof value !== "function") throw wrongType(argument, value, "a function");
}

export function oneOf<const Choice extends string>(
  argument: string,
  value: unknown,
  choices: readonly Choice[],
): Choice {
  const wanted = choices.map((choice) => JSON.stringify(choice)).join(", ");
  if (typeof value !== "string") throw wrongType(argument, value, `one of ${wanted}`);
  if (!choices.includes(value as Choice)) throw outOfRange(argument, value, `one of ${wanted}`);
  return value as Choice;
}

/** The options object of a call, or an empty one if there is none. */
export function options<Options extends object>(argument: string, value: Options | undefined): Partial<Options> {
  if (value === undefined) return {};
  if (!isObject(value)) throw wrongType(argument, value, "an object");
  return value;
}

export function isObject(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null;
}
