import { setTimeout as sleep } from "node:timers/promises";
import { report, scope } from "tailrace";

await scope(
  (s) => {
    s.spawn(({ signal }) => sleep(60_000, undefined, { signal }), { name: "south" });
    s.spawn(
      async ({ signal }) => {
        await sleep(60_000, undefined, { signal }).catch(() => sleep(30)); // goes on when it should stop
        console.log(report().replaceAll(/\d\.\d s/g, "… s"));
      },
      { name: "deaf" },
    );
  },
  { name: "copy", timeout: 20, grace: 10 },
).catch((error: unknown) => {
  console.log(String(error));
});

// prints leave on scope "copy" (running: "deaf") has waited … s for its tasks to end; not stopped: "deaf" (told to stop … s ago)
// prints TimeoutError: scope "copy" timed out after 20 ms; still running: "south", "deaf"
