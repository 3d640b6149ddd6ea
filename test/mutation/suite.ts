import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { format } from "node:util";
import { expect as vitestExpect } from "vitest";

/*
 * What the files of tests import as `vitest` where mutants are tried: it only notes the tests, to be run many times.
 */

/** A test, by its own name and those of the groups around it. */
export interface Case {
  readonly names: readonly string[];
  readonly run: () => unknown;
}

type Body = (...given: never[]) => unknown;
type Arguments = readonly [Body] | readonly [options: object, body: Body];

const cases: Case[] = [];
let groups: readonly string[] = [];
let file = "";

/** The tests that a file registers while it is loaded. */
export async function casesOf(path: string, load: () => Promise<unknown>): Promise<Case[]> {
  file = path;
  cases.length = 0;
  await load();
  return [...cases];
}

function note(name: string, rest: Arguments, given: readonly unknown[] = []): void {
  const names = [...groups, name];
  const home = file;
  const body = rest.at(-1) as (...given: unknown[]) => unknown;
  const run = (): unknown => {
    running = { file: home, name: names.join(" > "), count: 0 };
    return body(...given);
  };
  cases.push({ names, run });
}

/** `%s` stands for the next argument, `$name` for a member of the only one. */
function named(name: string, given: readonly unknown[]): string {
  const [only] = given;
  const members = (typeof only === "object" ? only : {}) as Readonly<Record<string, unknown>>;
  const text = name.replaceAll(/\$(\w+)/gu, (whole, member: string) => format("%s", members[member] ?? whole));
  return text.includes("%") ? format(text, ...given.slice(0, text.split("%").length - 1)) : text;
}

const listOf = (given: unknown): readonly unknown[] => (Array.isArray(given) ? (given as unknown[]) : [given]);

const single = (name: string, ...rest: Arguments): void => {
  note(name, rest);
};

/** One test, or one for each case of a table. */
export const test: typeof single & {
  readonly for: (table: readonly unknown[]) => (name: string, ...rest: Arguments) => void;
  readonly each: (table: readonly unknown[]) => (name: string, ...rest: Arguments) => void;
  readonly runIf: (condition: unknown) => (name: string, ...rest: Arguments) => void;
} = Object.assign(single, {
  for:
    (table: readonly unknown[]) =>
    (name: string, ...rest: Arguments) => {
      for (const one of table) note(named(name, listOf(one)), rest, [one, { expect }]);
    },
  each:
    (table: readonly unknown[]) =>
    (name: string, ...rest: Arguments) => {
      for (const one of table) note(named(name, listOf(one)), rest, listOf(one));
    },
  runIf:
    (condition: unknown) =>
    (name: string, ...rest: Arguments) => {
      if (condition) note(name, rest);
    },
});

export { test as it };

const group = (name: string, ...rest: Arguments): void => {
  const outer = groups;
  groups = [...outer, name];
  (rest.at(-1) as () => void)();
  groups = outer;
};

/** A group of tests, or one for each case of a table. */
export const describe: typeof group & {
  readonly each: (table: readonly unknown[]) => (name: string, ...rest: Arguments) => void;
} = Object.assign(group, {
  each:
    (table: readonly unknown[]) =>
    (name: string, ...rest: Arguments) => {
      const body = rest.at(-1) as (...given: unknown[]) => void;
      for (const one of table) {
        group(named(name, listOf(one)), () => {
          body(...listOf(one));
        });
      }
    },
});

let running = { file: "", name: "", count: 0 };
const records = new Map<string, Readonly<Record<string, string>>>();

/** Vitest's own, but for what is on record: that it reads only in a run of its own. */
export const expect: typeof vitestExpect = new Proxy(vitestExpect, {
  apply: (assert, _, [received, ...rest]: [unknown, string?]) =>
    new Proxy(assert(received, ...rest), {
      get: (assertion, member) =>
        member === "toMatchSnapshot"
          ? () => {
              matchRecord(String(received));
            }
          : (Reflect.get(assertion, member) as unknown),
    }),
});

/** Compares a text with what is on record; where nothing is, that is for Vitest to say. */
function matchRecord(received: string): void {
  running.count += 1;
  const expected = recordOf(running.file)[`${running.name} ${String(running.count)}`];
  const written = received.includes("\n") ? `\n"${received}"\n` : `"${received}"`;
  if (expected !== undefined) assert.equal(written, expected);
}

function recordOf(path: string): Readonly<Record<string, string>> {
  let record = records.get(path);
  if (!record) {
    const exported: Record<string, string> = {};
    const text = readFileSync(path.replace(/([^/]+)$/u, "__snapshots__/$1.snap"), "utf8");
    for (const [, name = "", value = ""] of text.matchAll(/^exports\[`([^`]*)`\] = `((?:[^`\\]|\\[^])*)`;$/gmu)) {
      exported[name] = value.replaceAll(/\\([\\`$])/gu, "$1");
    }
    record = exported;
    records.set(path, record);
  }
  return record;
}
