// What the watch finds out about boxes: that nobody can end a wait, and who has what others wait for.
import { expect, test } from "vitest";
import { isPossible, runWatched } from "../watch/watched.ts";

const PROGRAM = `
import { mvar } from "tailrace";
import { watch } from "tailrace/watch";
watch({ stallAfter: 40, callSites: false });
let looks = 0;
const server = setInterval(() => { if (++looks === 24) process.exit(0); }, 10);
function forgotten() {
  const lock = mvar({ name: "lock", value: 1 });
  void (async () => { await lock.take(); await lock.take(); })();
}
function hanging() {
  const box = mvar({ name: "lent", value: 1 });
  void (async () => { await box.with(function hangs() { return new Promise(() => undefined); }); })();
  void (async () => { await box.take(); })();
}
const kept = (globalThis.kept = mvar({ name: "kept", value: 1 }));
forgotten();
hanging();
void (async () => { await kept.with(() => new Promise(() => undefined)); })();
void (async () => { await kept.take(); })();
`;

test.runIf(isPossible)("a lock that nobody gives back, and a call that never ends, are told", async () => {
  const { code, stderr } = await runWatched(PROGRAM);
  const lines = stderr.replaceAll(/\d+\.\d s/gu, "… s").split("\n");
  expect(code).toBe(0);
  for (const line of [
    "tailrace: deadlock: these 2 operations can never end, because nothing that still runs can reach them:",
    'take on mvar "lock" (empty, 1 waiting) has waited … s for a value; nobody is putting',
    'take on mvar "lent" (lent to "hangs", 1 waiting) has waited … s for a value',
    '  held for … s by the call of "hangs", which has not ended',
    'tailrace: stuck: take on mvar "kept" (lent to a function without a name, 1 waiting) has waited … s for a value',
  ]) {
    expect(lines).toContain(line);
  }
});
