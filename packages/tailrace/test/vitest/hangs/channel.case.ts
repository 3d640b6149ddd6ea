import { channel } from "tailrace";
import { expect, test } from "vitest";

test("a promise that settles", async () => {
  await expect(Promise.resolve(1)).toProgress();
});

test("a function whose promise settles", async () => {
  await expect(() => Promise.resolve(1)).toProgress({ within: 100 });
});

test("a promise that is not expected to settle", async () => {
  await expect(new Promise(() => undefined)).not.toProgress({ within: 10 });
});

test("work that fails", async () => {
  await expect(Promise.reject(new Error("disk full"))).toProgress();
});

test("a wrong argument", async () => {
  await expect(Promise.resolve(1)).toProgress({ within: -1 });
});

test("a test that hangs", async () => {
  await channel({ name: "jobs" }).receive();
});
