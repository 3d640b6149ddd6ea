import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const NAVIGATION = [
  "request",
  "response",
  "requestfinished",
  "requestfailed",
  "framenavigated",
  "domcontentloaded",
  "load",
];
const navigate: CallModel = { starts: [...NAVIGATION, "popup", "dialog"] };
// What a user does may set off anything.
const act: CallModel = { starts: [...NAVIGATION, "popup", "dialog", "filechooser", "console", "close"] };

/** Puppeteer: `waitForNavigation` and its relatives see only what happens after they were called. */
export const puppeteer: LibraryModel = {
  modules: ["puppeteer-core", "puppeteer"],
  makes: {
    launch: { resolves: "Browser" },
    connect: { resolves: "Browser" },
    "default.launch": { resolves: "Browser" },
    "default.connect": { resolves: "Browser" },
  },
  resources: {
    Browser: { methods: { newPage: { resolves: "Page" }, createBrowserContext: { resolves: "BrowserContext" } } },
    BrowserContext: { methods: { newPage: { resolves: "Page" } } },
    Page: {
      methods: {
        click: act,
        tap: act,
        select: act,
        evaluate: act,
        goto: navigate,
        reload: navigate,
        goBack: navigate,
        goForward: navigate,
        setContent: navigate,
        close: { starts: ["close"] },
        waitForRequest: { awaits: ["request"] },
        waitForResponse: { awaits: ["response"] },
        waitForNavigation: { awaits: ["framenavigated"] },
        waitForFileChooser: { awaits: ["filechooser"] },
      },
      events: { popup: { gives: ["Page"] }, close: { once: true, state: ["isClosed"] }, response: {}, request: {} },
    },
  },
};
