import { expect } from "vitest";
import { assertProgress, ProgressError } from "../testing/progress.ts";
import type { ProgressOptions } from "../testing/progress.ts";

/** What `tailrace/vitest` adds to `expect`. */
export interface ProgressMatchers {
  /**
   * Passes if the promise, or what the function returns, settles within the time: 1000 ms if nothing else is said. If
   * not, the failure says what waits for what. What the work fails with fails the test. To be awaited.
   */
  toProgress(options?: ProgressOptions): Promise<void>;
}

declare module "vitest" {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- merged by name
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends ProgressMatchers {}
}

type Work = Parameters<typeof assertProgress>[0];

expect.extend({
  async toProgress(work: unknown, options?: ProgressOptions) {
    try {
      await assertProgress(work as Work, options);
      return { pass: true, message: () => "it has come to its end" };
    } catch (error) {
      if (!(error instanceof ProgressError)) throw error;
      return { pass: false, message: () => error.message };
    }
  },
});
