// A test that hangs fails with nothing but its time. Vitest aborts the signal of the test's context with that error
// before it looks at the error, at the moment at which what waits still waits.
import { beforeEach } from "vitest";
import { inspect } from "../waits/inspect.ts";
import { keepSites } from "../waits/registry.ts";
import { report } from "../waits/report.ts";

keepSites(true);

beforeEach(({ signal }) => {
  signal.addEventListener(
    "abort",
    () => {
      const error: unknown = signal.reason;
      // A run that is cancelled aborts it, too.
      if (!(error instanceof Error) || !error.message.includes("timed out")) return;
      const snapshot = inspect();
      if (snapshot.waits.length > 0) error.message += `\n\nMeanwhile:\n${report(snapshot)}`;
    },
    { once: true },
  );
});
