import { report } from "tailrace";
import { afterEach, beforeEach, expect } from "vitest";
import { idle } from "./deadline.ts";

/** Makes each test of the file fail if it leaves an unhandled rejection or a wait behind. */
export function nothingIsLeft(): void {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => {
    unhandled.push(reason);
  };

  beforeEach(() => {
    unhandled.length = 0;
    process.on("unhandledRejection", note);
  });

  afterEach(async () => {
    await idle();
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
    expect(report()).toBe("nothing waits");
  });
}
