import type { LibraryModel } from "./model.ts";
import type { CallModel, ResourceModel } from "./resource.ts";

const NETWORK = ["request", "response", "requestfinished", "requestfailed"];
const NAVIGATION = [...NETWORK, "framenavigated", "domcontentloaded", "load"];
const navigate: CallModel = { starts: [...NAVIGATION, "popup", "dialog"] };
// What a user does may set off anything.
const act: CallModel = { starts: [...NAVIGATION, "popup", "dialog", "filechooser", "console", "close"] };
const write: CallModel = { starts: [...NETWORK, "console"] };
const find: CallModel = { resolves: "ElementHandle" };
const navigation: CallModel = { awaits: ["framenavigated"] };
const browser: CallModel = { resolves: "Browser", acquires: "lease" };
const page: CallModel = { resolves: "Page", acquires: "lease" };

const each = (names: readonly string[], call: CallModel): Readonly<Record<string, CallModel>> =>
  Object.fromEntries(names.map((name) => [name, call]));

const frame: ResourceModel = {
  methods: {
    ...each(["click", "tap", "select", "evaluate", "$eval"], act),
    ...each(["$", "waitForSelector"], find),
    ...each(["goto", "setContent"], navigate),
    locator: { gives: "Locator" },
    type: write,
    waitForNavigation: navigation,
  },
};

/** Puppeteer: `waitForNavigation` and its relatives see only what happens after they were called. */
export const puppeteer: LibraryModel = {
  modules: ["puppeteer-core", "puppeteer"],
  makes: { launch: browser, connect: browser, "default.launch": browser, "default.connect": browser },
  resources: {
    Browser: {
      methods: {
        newPage: page,
        createBrowserContext: { resolves: "BrowserContext", acquires: "lease" },
        close: { releases: "receiver" },
        disconnect: { releases: "receiver" },
      },
    },
    BrowserContext: { methods: { newPage: page, close: { releases: "receiver" }, browser: { gives: "Browser" } } },
    Page: {
      properties: { keyboard: "Keyboard", mouse: "Mouse", touchscreen: "Touchscreen" },
      methods: {
        ...frame.methods,
        ...each(["reload", "goBack", "goForward"], navigate),
        close: { releases: "receiver", starts: ["close"] },
        browser: { gives: "Browser" },
        mainFrame: { gives: "Frame" },
        waitForRequest: { awaits: ["request"] },
        waitForResponse: { awaits: ["response"] },
        waitForFileChooser: { awaits: ["filechooser"] },
      },
      events: { popup: { gives: ["Page"] }, close: { once: true, state: ["isClosed"] }, response: {}, request: {} },
    },
    Frame: frame,
    Locator: { methods: { click: act, fill: write } },
    ElementHandle: {
      methods: {
        ...each(["click", "tap", "press", "select", "evaluate", "$eval"], act),
        ...each(["$"], find),
        type: write,
      },
    },
    Keyboard: { methods: { press: act, type: write } },
    Mouse: { methods: each(["click", "down", "up"], act) },
    Touchscreen: { methods: { tap: act } },
  },
};
