// Where a wait was written. A stack costs 1 to 4 µs, several times as much as the wait, so only somebody who watches
// asks for it. (This file lies where all others of the library are below it, in the sources as in what is published.)

/** A stack that becomes text only if somebody reads it. */
export interface Site {
  readonly stack?: string;
}

interface StackError {
  stackTraceLimit?: number;
  captureStackTrace?(site: Site, above: unknown): void;
}

const platform = Error as StackError;

/** Frames of the library itself, at most, and then one of whoever calls it. */
const DEPTH = 10;

/** The stack of now. */
export function captureSite(): Site {
  const { stackTraceLimit = DEPTH } = platform;
  platform.stackTraceLimit = DEPTH;
  const site: Site = {};
  if (platform.captureStackTrace === undefined) return new Error();
  platform.captureStackTrace(site, captureSite);
  platform.stackTraceLimit = stackTraceLimit;
  return site;
}

const HERE = new URL(".", import.meta.url).pathname;

/**
 * The first line of a stack that is not of the library, such as `serve (file:///app.js:12:9)`. Where everything is bundled
 * into one file there is none.
 */
export function callerIn({ stack = "" }: Site): string | undefined {
  const frames = stack.split("\n").filter((line) => /:\d+:\d+\)?$/u.test(line) && !/\bnode:/u.test(line));
  const caller = frames.find((frame) => !frame.includes(HERE));
  return caller?.replace(/^\s*at (?:async )?/u, "");
}
