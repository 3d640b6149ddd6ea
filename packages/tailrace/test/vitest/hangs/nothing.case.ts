import { test } from "vitest";

test("a test that hangs in something else", async () => {
  await new Promise(() => undefined);
});
