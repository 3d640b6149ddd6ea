import type { Catalog } from "../models/catalog.ts";

const known = new WeakMap<Catalog, RegExp | undefined>();

/** What a file has in its text where it may hold something, so that others are not read for that; undefined: none may. */
export function textOfLenders(catalog: Catalog): RegExp | undefined {
  if (!known.has(catalog)) known.set(catalog, describe(catalog.holding));
  return known.get(catalog);
}

function describe(methods: readonly string[]): RegExp | undefined {
  if (methods.length === 0) return undefined;
  const words = methods.map((name) => SHOWN_BY[name] ?? `\\.${name.replaceAll("$", "\\$")}\\b`);
  return new RegExp(words.join("|"), "u");
}

// Where the name of the method says little: a limiter is called, and much else has requests.
const SHOWN_BY: Readonly<Record<string, string>> = {
  "@@call": "[lL]imit",
  "@@tag": "`",
  add: "[qQ]ueue",
  addAll: "[qQ]ueue",
  map: "[lL]imit",
  request: "\\blocks\\b",
};
