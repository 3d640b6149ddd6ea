import type { LibraryModel } from "@tailrace/analysis";
import type { Linter } from "eslint";
import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";
import type { LintOptions } from "./lint.ts";

// As a user writes them: plain data, which could stand in a JSON file.
const channel: LibraryModel = {
  modules: ["@acme/channel"],
  declaredBy: "@acme/channel",
  types: { Channel: "AcmeChannel" },
  exports: {
    createChannel: {
      role: "pipe",
      kind: "AcmeChannel",
      capacity: { unit: "items", size: 0, option: { argument: 0, property: "room" } },
    },
  },
  kinds: {
    AcmeChannel: {
      reads: true,
      members: { put: { role: "write", waits: true }, close: { role: "neutral" }, "@@iterate": { role: "drive" } },
      otherwise: { role: "drive" },
    },
  },
};

const logs: LibraryModel = {
  modules: ["@acme/logs"],
  makes: { openLog: { gives: "Log" } },
  resources: { Log: { extends: ["stream.Writable"] } },
};

const pool: LibraryModel = {
  modules: ["@acme/pool"],
  exports: { createPool: { role: "limiter", option: "size" } },
};

/** Lines that are reported with the models, without any, and with ones of something else. */
function lines(code: string, models: readonly LibraryModel[], rules?: Linter.RulesRecord): readonly number[][] {
  const options: LintOptions = rules ? { rules } : {};
  const other: LibraryModel = { ...pool, modules: ["@acme/other"] };
  return [{ tailrace: { models } }, {}, { tailrace: { models: [other] } }].map((settings) =>
    lint(code, { ...options, settings }).map(({ line }) => line),
  );
}

describe("a library of the settings is understood", () => {
  test("a channel that waits for room", () => {
    const code = `import { createChannel } from "@acme/channel";
const items = createChannel();
await items.put(1);
for await (const item of items) console.log(item);
`;
    expect(lines(code, [channel])).toEqual([[3], [], []]);
  });

  test("its room, where an option says it", () => {
    const code = `import { createChannel } from "@acme/channel";
const items = createChannel({ room: 2 });
await items.put(1);
await items.put(2);
await items.put(3);
for await (const item of items) console.log(item);
`;
    expect(lines(code, [channel])).toEqual([[5], [], []]);
  });

  test("a promise of an event", () => {
    const code = `import { spawn } from "node:child_process";
import { next } from "@acme/events";
const child = spawn("ls");
await prepare();
await next(child, "exit");
`;
    const events: LibraryModel = { modules: ["@acme/events"], exports: { next: { role: "event" } } };
    expect(lines(code, [events], { "tailrace/listen-before-trigger": "error" })).toEqual([[5], [], []]);
  });

  test("a stream of one's own", () => {
    const code = `import { openLog } from "@acme/logs";
const log = openLog("lines");
export function report(lines: AsyncIterable<string>) {
  return (async () => {
    for (let at = 0; ; at += 1) log.write(render(at));
  })();
}
`;
    const rules: Linter.RulesRecord = { "tailrace/respect-backpressure": "error" };
    expect(lines(code, [logs], rules)).toEqual([[5], [], []]);
  });

  test("a pool that runs fewer than there are", () => {
    const code = `import { createPool } from "@acme/pool";
const pairs = [new TransformStream(), new TransformStream()];
const run = createPool({ size: 1 });
const reads = pairs.map(({ readable }) => run(async () => { for await (const _ of readable); }));
await Promise.all(pairs.map(({ writable }) => writable.getWriter().write("x")));
await Promise.all(reads);
`;
    const [withModel = [], without = []] = lines(code, [pool]);
    expect(withModel).toEqual([5]);
    expect(without).not.toEqual([5]);
  });

  test("a lock by words of its own", () => {
    const code = `import { Gate } from "@acme/gate";
const gate = new Gate();
await gate.inside(async () => {
  await gate.inside(async () => 1);
});
`;
    const gate: LibraryModel = {
      modules: ["@acme/gate"],
      makes: { Gate: { gives: "Gate", permits: { default: 1 } } },
      resources: { Gate: { methods: { inside: { acquires: "lock", during: 0 } } } },
    };
    expect(lines(code, [gate], { "tailrace/no-nested-permit": "error" })).toEqual([[4], [], []]);
  });

  test("by its types, in a file that does not import it", () => {
    const code = `import { open } from "./items.js";
const items = open();
for (const item of [0].concat(process.argv)) await items.put(item);
for await (const item of items) console.log(item);
`;
    const files = {
      "node_modules/@acme/channel/package.json": `{ "name": "@acme/channel", "version": "1.0.0", "types": "./index.d.ts" }`,
      "node_modules/@acme/channel/index.d.ts": `export interface Channel extends AsyncIterable<unknown> { put(item: unknown): Promise<void>; }`,
      "items.d.ts": `import type { Channel } from "@acme/channel"; export declare function open(): Channel;`,
    };
    const options: LintOptions = { files, settings: { tailrace: { models: [channel] } } };
    expect(lint(code, options).map(({ line }) => line)).toEqual([3]);
    expect(lint(code, { files })).toEqual([]);
  });
});

test("a model of the settings corrects one of ours, member by member", () => {
  const code = `import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
const out = new PassThrough();
await pipeline(source, out);
out.resume();
`;
  const fixed: LibraryModel = { modules: ["stream"], exports: { PassThrough: { role: "neutral" } } };
  expect(lint(code).map(({ line }) => line)).toEqual([4]);
  expect(lint(code, { settings: { tailrace: { models: [fixed] } } })).toEqual([]);
});

test("settings that are wrong stop the linter with one error, which says where", () => {
  const wrong = { ...logs, resources: { Log: { events: { open: { once: "yes" } } } } };
  expect(() => lint("export {};", { settings: { tailrace: { models: [wrong] } } })).toThrow(
    'settings.tailrace.models[0].resources.Log.events.open.once must be a boolean, but is "yes".',
  );
});
