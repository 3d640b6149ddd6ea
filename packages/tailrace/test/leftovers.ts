import { report } from "tailrace";
import { afterEach, beforeEach, expect } from "vitest";
import { idle } from "./deadline.ts";

/** Makes each test of the file fail if it leaves an unhandled rejection or a wait behind. */
export function nothingIsLeft(): void {
  const unhandled: unknown[] = [];
  let stop: () => void;

  beforeEach(() => {
    unhandled.length = 0;
    stop = onUnhandled((reason) => {
      unhandled.push(reason);
    });
  });

  afterEach(async () => {
    await idle();
    stop();
    expect(unhandled).toEqual([]);
    expect(report()).toBe("nothing waits");
  });
}

/** Tells of rejections that nobody handles; returns what ends that. */
function onUnhandled(listener: (reason: unknown) => void): () => void {
  if (typeof process === "object" && "on" in process) {
    process.on("unhandledRejection", listener);
    return () => process.off("unhandledRejection", listener);
  }
  const page = globalThis as unknown as EventTarget; // that of a browser: the types are those of Node
  const heard = (event: Event): void => {
    listener((event as Event & { readonly reason: unknown }).reason);
  };
  page.addEventListener("unhandledrejection", heard);
  return () => {
    page.removeEventListener("unhandledrejection", heard);
  };
}
