import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { playwright } from "@vitest/browser-playwright";
import type { TestProjectInlineConfiguration } from "vitest/config";
import { find } from "../servers/find.ts";
import { FOREIGN } from "./foreign.ts";

/** The tests that need nothing of Node's, in a real browser. */
export function inChromium(tests: string, exclude: string[]): TestProjectInlineConfiguration[] {
  const executablePath = find("chromium");
  if (executablePath === undefined) {
    console.warn("no chromium here (apt-get install chromium): what runs in a browser is not tested");
    return [];
  }
  const provider = playwright({ launchOptions: { executablePath, args: ["--no-sandbox"] } });
  return [
    {
      extends: true,
      resolve: { alias: { "node:timers/promises": join(import.meta.dirname, "timers.js") } },
      test: {
        name: "Chromium",
        exclude,
        include: globSync(tests).filter((file) => !FOREIGN.test(readFileSync(file, "utf8"))),
        browser: {
          enabled: true,
          headless: true,
          screenshotFailures: false,
          provider,
          instances: [{ browser: "chromium" }],
        },
      },
    },
  ];
}
