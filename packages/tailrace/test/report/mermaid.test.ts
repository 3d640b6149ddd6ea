import fc from "fast-check";
import { channel } from "tailrace";
import { mermaid } from "tailrace/report";
import { describe, expect, test } from "vitest";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { hostile } from "./hostile.ts";
import { cycle, snapshotOf, snapshots } from "./snapshots.ts";

nothingIsLeft();

test("tasks, resources, waits and holders are nodes and links of a flow chart, and a cycle is red", () => {
  expect(mermaid(cycle).split("\n")).toEqual([
    "flowchart LR",
    "  accTitle: Wait graph",
    "  accDescr: 3 operations wait, the longest for 9.5 s. There is a cycle. Running: 3 tasks.",
    '  n0("task #34;one#34;")',
    '  n1["channel #34;a#34;<br/>full"]',
    '  n2("task #34;two#34;")',
    '  n3["channel #34;b#34;<br/>full"]',
    '  n4("task #34;three#34;")',
    '  n0 -->|"acquire, 9.0 s"| n1',
    '  n2 -->|"acquire, 8.0 s"| n3',
    "  n1 -.-> n2",
    "  n3 -.-> n0",
    '  n4 -->|"acquire, 9.5 s"| n3',
    "  classDef cycle stroke:#d1242f,stroke-width:3px",
    "  class n0,n1,n2,n3 cycle",
    "  linkStyle 0,1,2,3 stroke:#d1242f,stroke-width:3px",
  ]);
});

test("without a snapshot it is of this moment, and of nothing it says that nothing waits", async () => {
  expect(mermaid()).toContain('none(["nothing waits"])');
  const jobs = channel<string>({ name: "jobs" });
  const sent = jobs.send("first");
  expect(mermaid()).toContain('["channel #34;jobs#34;<br/>capacity 0, rendezvous"]');
  await jobs.receive();
  await sent;
});

test("300 tasks that are alike are one node", () => {
  const waits = range(300).map((n) => [`job ${n.toString()}`, "send", "host"] as const);
  expect(mermaid(snapshotOf({ waits }))).toContain('("task #34;job …#34; ×300")');
});

test("of 20,000 that are not, so many are left out as it says", () => {
  const waits = range(20_000).map(
    (n) => [n.toString(2).replaceAll("0", "o").replaceAll("1", "i"), "send", "host"] as const,
  );
  const chart = mermaid(snapshotOf({ waits }));
  expect(chart).toContain('left>"19,941 tasks are not shown"]');
  expect(chart.split("\n").length).toBeLessThan(200);
});

/** What a label may have: no sign that means something to Mermaid. */
const LINE =
  /^(?: {2}(?:n\d+(?:\("[^"]*"\)|\["[^"]*"\])|n\d+ (?:-\.->|-->\|"[^"]*"\|) n\d+|acc\w+: .*|class.*|linkStyle.*|left>"[^"]*"\])|flowchart LR)$/u;
const LABEL = /^(?:[\p{L}\p{M}\p{N} ,.×…]|#\d+;|<br\/>)*$/u;

test("names stay in their labels, whatever is in them", () => {
  const name = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: "binary" }));
  fc.assert(
    fc.property(name, name, name, (task, operation, resource) => {
      const waits = [[task, operation, `${resource} of`]] as const;
      for (const line of mermaid(snapshotOf({ waits })).split("\n")) {
        expect(line).toMatch(LINE);
        expect(line.length).toBeLessThan(2000);
        for (const [, label = ""] of line.matchAll(/"([^"]*)"/gu)) expect(label).toMatch(LABEL);
      }
    }),
  );
});

/** The part of Mermaid that is needed. It runs in browsers only. */
interface Mermaid {
  initialize(config: { readonly startOnLoad: boolean }): void;
  parse(text: string): Promise<{ readonly diagramType: string }>;
  render(id: string, text: string): Promise<{ readonly svg: string }>;
}

describe.runIf("document" in globalThis)("Mermaid itself", () => {
  const load = async (): Promise<Mermaid> => {
    const { default: itself } = (await import("mermaid")) as unknown as { readonly default: Mermaid };
    itself.initialize({ startOnLoad: false });
    return itself;
  };

  test("draws names as they are", async () => {
    const itself = await load();
    const waits = hostile.map((name) => [name, "send", `on ${name}`] as const);
    const { svg } = await itself.render("names", mermaid(snapshotOf({ waits })));
    for (const text of [
      "&lt;img src=x onerror=alert(1)&gt;",
      "`**bold**` _italic_",
      "#quot; #35; #",
      "1. one",
      "%% comment",
    ]) {
      expect(svg).toContain(`task "${text}"`);
    }
    expect(svg).not.toMatch(/<(?:img|script|strong|em|li|a)\b/u);
  });

  test("reads whatever waits for whatever", async () => {
    const itself = await load();
    await fc.assert(
      fc.asyncProperty(snapshots, async (snapshot) => {
        expect((await itself.parse(mermaid(snapshot))).diagramType).toMatch(/^flowchart/u);
      }),
      { numRuns: 30 },
    );
  });
});
