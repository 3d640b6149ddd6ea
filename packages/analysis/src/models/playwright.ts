import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const NETWORK = ["request", "response", "requestfinished", "requestfailed"];
const NAVIGATION = [...NETWORK, "framenavigated", "domcontentloaded", "load"];
const navigate: CallModel = { starts: [...NAVIGATION, "popup", "download", "dialog"] };
// What a user does may set off anything.
const act: CallModel = { starts: [...NAVIGATION, "popup", "download", "dialog", "filechooser", "console", "close"] };
const acts = Object.fromEntries(
  ["click", "dblclick", "tap", "press", "fill", "check", "selectOption", "dispatchEvent", "evaluate"].map((name) => [
    name,
    act,
  ]),
);

/** Playwright: `waitForEvent` and its relatives see only what happens after they were called. */
export const playwright: LibraryModel = {
  modules: ["playwright-core", "playwright", "@playwright/test"],
  values: { chromium: "BrowserType", firefox: "BrowserType", webkit: "BrowserType" },
  resources: {
    BrowserType: { methods: { launch: { resolves: "Browser" }, connect: { resolves: "Browser" } } },
    Browser: { methods: { newPage: { resolves: "Page" }, newContext: { resolves: "BrowserContext" } } },
    BrowserContext: {
      methods: { newPage: { resolves: "Page", starts: ["page"] }, waitForEvent: { awaits: "argument" } },
      events: { page: { gives: ["Page"] }, close: { once: true } },
    },
    Page: {
      methods: {
        ...acts,
        goto: navigate,
        reload: navigate,
        goBack: navigate,
        goForward: navigate,
        setContent: navigate,
        close: { starts: ["close"] },
        waitForEvent: { awaits: "argument" },
        waitForRequest: { awaits: ["request"] },
        waitForResponse: { awaits: ["response"] },
        waitForNavigation: { awaits: ["framenavigated"] },
      },
      events: {
        popup: { gives: ["Page"] },
        close: { once: true, state: ["isClosed"] },
        download: {},
        response: {},
        request: {},
      },
    },
  },
};
