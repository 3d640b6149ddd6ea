import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { text } from "../arguments.ts";

/** The URL of a module that was given by its path or URL. */
export function locationOf(argument: string, module: unknown): URL {
  if (module instanceof URL) return module;
  const given = text(argument, module);
  return given.startsWith("file:") ? new URL(given) : pathToFileURL(resolve(given));
}
