// What hangs while the service that it is part of goes on, under the watch: reported are who waits and who is idle.
import { join } from "node:path";
import { limit } from "tailrace";
import { describe, expect, test } from "vitest";
import { run } from "../../e2e/run.ts";

interface Job {
  readonly program: string;
  /** Parts of the report of the broken form, without times. */
  readonly told: readonly string[];
  /** What the fixed form prints. */
  readonly fixed: string;
  /** What the broken form prints if there is little to do. */
  readonly small?: string;
}

const JOBS: readonly Job[] = [
  {
    program: "lost-wakeup.child.ts",
    told: ['task "taker": change on resource "box" has waited … s for its promise to settle; "putter" has to'],
    fixed: "42",
  },
  {
    program: "drain-never.child.ts",
    told: ['task "writer": drain on resource "log" has waited … s for its promise to settle; "disk" has to'],
    fixed: "14",
  },
  {
    program: "lazy-requests.child.ts",
    told: ["host-1", "host-2", "host-3"].map(
      (host) =>
        `task "feed": send on channel "${host}" (capacity 2, full) has waited … s for a receiver; nobody is receiving`,
    ),
    fixed: "500 500 500",
    small: "20 20 20",
  },
  {
    program: "echo.child.ts",
    told: [
      'task "writer": drain on resource "connection" has waited … s for its promise to settle; ' +
        '"reader of the answers" has to',
    ],
    fixed: "67108864",
    small: "65536",
  },
  {
    program: "child-pipe.child.ts",
    told: [
      'task "runner": exit on resource "head" has waited … s for its promise to settle; "reader of its stdout" has to',
    ],
    fixed: "4000000",
    small: "0",
  },
  {
    program: "prefetch.child.ts",
    told: [
      'task "worker": call on limit "permits" (3 of 3 permits taken) has waited … s for a permit\n',
      ...["page 1", "page 2", "page 3"].map((page) => `held for … s by the call of "${page}", which has not ended`),
    ],
    fixed: "21",
  },
  {
    program: "unread-branch.child.ts",
    told: [
      'task "sender": send on broadcast "file" (2 subscribers) has waited … s for room for "checksum"; ' +
        "a subscriber that is busy, or not read at all",
    ],
    fixed: "true",
    small: "true",
  },
  {
    program: "sick-instances.child.ts",
    told: ['task "taker": instance on resource "pool" has waited … s for its promise to settle; "recycler" has to'],
    fixed: "1",
  },
  {
    program: "gave-up.child.ts",
    told: ['task "patient": lease on resource "pool" has waited … s for its promise to settle; "hasty" has to'],
    fixed: "connection",
  },
  {
    program: "full-queue.child.ts",
    told: [
      'task "drop": call on limit "permits" (1 of 1 permit taken) has waited … s for a permit\n',
      'held for … s by the call of "drop"\n',
      'task "drop": send on channel "queue" (capacity 1, full) has waited … s for a receiver; ' +
        "its reader is busy elsewhere",
    ],
    fixed: "6",
  },
  {
    program: "agent-lease.child.ts",
    told: [
      'task "crawler": response on resource "/pages" has waited … s for its promise to settle; ' +
        '"response of /status" has to',
    ],
    fixed: "200",
  },
];

/** Programs that run at a time. */
const some = limit(2);

/** Runs a program, and tells its code, what it prints, and what is reported. */
async function runForm(program: string, form: string): Promise<readonly [number, string, string]> {
  const cwd = import.meta.dirname;
  const args = ["--conditions=tailrace-source", "--no-warnings", join(cwd, program), form];
  const { code, stdout, stderr } = await some(() => run(process.execPath, args, { cwd }));
  // A loaded machine shuts the event loop for some time.
  const told = stderr.replaceAll(/^tailrace: starved: .*\n/gmu, "").replaceAll(/\d+\.\d s/gu, "… s");
  return [code, stdout.trimEnd(), told];
}

describe.concurrent.for(JOBS)("$program", ({ program, told, fixed, small }) => {
  test("broken is reported with who waits and who is idle", async () => {
    const [code, printed, report] = await runForm(program, "broken");
    expect([code, printed]).toEqual([1, "hung"]);
    expect(report).toMatch(/^tailrace: (?:stuck|deadlock): /u);
    for (const part of told) expect(report).toContain(part);
  });

  test("fixed is not reported", async () => {
    expect(await runForm(program, "fixed")).toEqual([0, fixed, ""]);
  });

  if (small === undefined) return;

  test("with little to do it is not reported either", async () => {
    expect(await runForm(program, "small")).toEqual([0, small, ""]);
  });
});
