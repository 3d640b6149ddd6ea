import fc from "fast-check";
import { channel } from "tailrace";
import { html } from "tailrace/report";
import { describe, expect, test } from "vitest";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { cycle, snapshotOf, snapshots } from "./snapshots.ts";

nothingIsLeft();

/** The text of the page, or of one of its sections, without marks; a space between what is not together. */
function textOf(page: string, section?: string): string {
  const from = section === undefined ? page.indexOf("<body>") : page.indexOf(`<h2>${section}</h2>`);
  const next = section === undefined ? -1 : page.indexOf("<h2>", from + 1);
  return page
    .slice(from, next === -1 ? undefined : next)
    .replaceAll(/<(?:title|desc)[^]*?<\/(?:title|desc)>/gu, " ")
    .replaceAll(/<[^>]*>/gu, " ")
    .replaceAll(/&#(\d+);/gu, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll(/\s+/gu, " ")
    .trim();
}

test("the page says the whole in a sentence, then draws the graph, then has the tree of tasks and the table of waits", () => {
  const page = html(cycle);
  const parts = [...page.matchAll(/<(?:h1|h2|svg xmlns|table)\b/gu)].map(([tag]) => tag);
  expect(parts).toEqual(["<h1", "<h2", "<svg xmlns", "<h2", "<h2", "<table"]);
  expect(textOf(page)).toContain("3 operations wait, the longest for 9.5 s. There is a cycle. Running: 3 tasks.");
  expect(textOf(page, "Tasks")).toContain("task one in a cycle acquire on channel a : 9.0 s for a receiver");
});

test("a cycle is told before all else, is red in the graph, and comes first in the table", () => {
  const page = html(cycle);
  expect(textOf(page)).toContain('task "one" → channel "a" → task "two" → channel "b" → task "one"');
  expect(page.match(/<g class="box task cycle">/gu)).toHaveLength(2);
  expect(page.match(/<g class="line \w+ cycle">/gu)).toHaveLength(4);
  expect(page.match(/<g class="line waits late">/gu)).toHaveLength(1);
  expect(textOf(page, "Waits")).toMatch(/In a cycle .*one.*two.* Should end .*three/u);
});

test("without a snapshot it is of this moment, and of nothing it says that nothing waits", async () => {
  expect(textOf(html())).toContain("Nothing waits. No task runs.");
  const jobs = channel<string>({ name: "jobs" });
  const sent = jobs.send("first");
  expect(textOf(html(), "Wait graph")).toContain("channel jobs capacity 0, rendezvous");
  await jobs.receive();
  await sent;
});

test("the same snapshot gives the same page", () => {
  fc.assert(
    fc.property(snapshots, (snapshot) => {
      expect(html(structuredClone(snapshot))).toBe(html(snapshot));
    }),
    { numRuns: 50 },
  );
});

test("what waits for its own tasks is left to the tree, unless nothing else waits", () => {
  const plan = { tasks: [{ name: "main", kind: "scope", id: 1 } as const, { name: "work", parent: 1 }] };
  const leave = [undefined, "leave", "main", 0, true] as const;
  const held = [["main", "work"]] as const;
  const graph = textOf(html(snapshotOf({ ...plan, waits: [leave, ["work", "send", "jobs"]], held })), "Wait graph");
  expect(graph).toContain("jobs");
  expect(graph).not.toContain("main");
  expect(textOf(html(snapshotOf({ ...plan, waits: [leave], held })), "Wait graph")).toContain("main");
});

describe("what is alike is one", () => {
  const many = (count: number): string =>
    html(
      snapshotOf({
        tasks: [
          { name: "main", kind: "scope", id: 1 },
          ...range(count).map((n) => ({ name: `job-${n.toString()}`, parent: 1 })),
        ],
        waits: range(count).map((n) => [`job-${n.toString()}`, "send", `host-${n.toString()}`, n]),
      }),
    );

  test("of 300 tasks that wait in the same way", () => {
    const page = many(300);
    expect(textOf(page, "Wait graph")).toMatch(/task ×300 job-… channel ×300 host-… full/u);
    expect(textOf(page, "Tasks")).toContain("task job-… ×300 send on channel host-0 : 10.0 s for a receiver");
    expect(textOf(page, "Waits")).toContain("task job-… ×300 300 send channel host-… ×300 full 10.0 s");
    expect(page.length).toBeLessThan(12_000);
  });

  test("but three are told each", () => {
    expect(textOf(many(3), "Wait graph")).toMatch(/job-0.*job-1.*job-2/u);
  });

  test("and of 20,000 that are not alike the worst are shown, and the others counted", () => {
    const name = (n: number): string => n.toString(2).replaceAll("0", "o").replaceAll("1", "i");
    const page = html(
      snapshotOf({
        waits: range(20_000).map((n) => [`${name(n)} x`, "send", `${name(n)} y`, 9000 - n / 10, n !== 777]),
      }),
    );
    expect(textOf(page)).toContain("20,000 operations wait, the longest for 3.0 s. Running: 20,000 tasks.");
    expect(textOf(page, "Wait graph")).toContain("19,970 tasks and 19,970 resources are not shown");
    expect(textOf(page, "Wait graph")).toContain(`${name(777)} x`);
    expect(textOf(page, "Tasks")).toContain("and 19,975 tasks more");
    expect(textOf(page, "Waits")).toContain("and 19,940 waits more");
    expect(page.length).toBeLessThan(150_000);
  });
});
