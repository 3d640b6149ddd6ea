import type { LibraryModel } from "./model.ts";
import type { CallModel, ResourceModel } from "./resource.ts";

const NETWORK = ["request", "response", "requestfinished", "requestfailed"];
const NAVIGATION = [...NETWORK, "framenavigated", "domcontentloaded", "load"];
const navigate: CallModel = { starts: [...NAVIGATION, "popup", "download", "dialog"] };
// What a user does may set off anything.
const act: CallModel = {
  starts: [...NAVIGATION, "popup", "download", "dialog", "filechooser", "console", "websocket", "worker", "close"],
};
const write: CallModel = { starts: [...NETWORK, "console"] };

const locate: CallModel = { gives: "Locator" };
const find: CallModel = { resolves: "ElementHandle" };
const test: CallModel = { passes: { last: ["PlaywrightTestArgs", ""] } };

const each = (names: readonly string[], call: CallModel): Readonly<Record<string, CallModel>> =>
  Object.fromEntries(names.map((name) => [name, call]));

const BY = ["AltText", "Label", "Placeholder", "Role", "TestId", "Text", "Title"].map((what) => `getBy${what}`);
const locators = each(["locator", ...BY], locate);
const actions = {
  ...each(
    ["click", "dblclick", "tap", "press", "check", "uncheck", "setChecked", "selectOption", "setInputFiles"],
    act,
  ),
  ...each(["dispatchEvent", "evaluate"], act),
  ...each(["fill", "type"], write),
};
const frame: ResourceModel = {
  methods: {
    ...actions,
    ...locators,
    ...each(["$", "waitForSelector"], find),
    frameLocator: { gives: "FrameLocator" },
    goto: navigate,
    setContent: navigate,
    waitForNavigation: { awaits: ["framenavigated"] },
  },
};

/** Playwright: `waitForEvent` and its relatives see only what happens after they were called. */
export const playwright: LibraryModel = {
  modules: ["playwright-core", "playwright", "@playwright/test", "playwright-chromium"],
  values: { chromium: "BrowserType", firefox: "BrowserType", webkit: "BrowserType" },
  resources: {
    BrowserType: {
      methods: {
        launch: { resolves: "Browser", acquires: "lease" },
        connect: { resolves: "Browser", acquires: "lease" },
        connectOverCDP: { resolves: "Browser", acquires: "lease" },
        launchPersistentContext: { resolves: "BrowserContext", acquires: "lease" },
      },
    },
    Browser: {
      methods: {
        newPage: { resolves: "Page", acquires: "lease" },
        newContext: { resolves: "BrowserContext", acquires: "lease" },
        close: { releases: "receiver" },
      },
    },
    BrowserContext: {
      methods: {
        newPage: { resolves: "Page", acquires: "lease", starts: ["page"] },
        close: { releases: "receiver" },
        browser: { gives: "Browser" },
        waitForEvent: { awaits: "argument" },
      },
      events: { page: { gives: ["Page"] }, close: { once: true } },
    },
    Page: {
      properties: { keyboard: "Keyboard", mouse: "Mouse", touchscreen: "Touchscreen" },
      methods: {
        ...frame.methods,
        ...each(["reload", "goBack", "goForward"], navigate),
        dragAndDrop: act,
        close: { releases: "receiver", starts: ["close"] },
        context: { gives: "BrowserContext" },
        mainFrame: { gives: "Frame" },
        frame: { gives: "Frame" },
        waitForEvent: { awaits: "argument" },
        waitForRequest: { awaits: ["request"] },
        waitForResponse: { awaits: ["response"] },
      },
      events: {
        popup: { gives: ["Page"] },
        close: { once: true, state: ["isClosed"] },
        download: {},
        response: {},
        request: {},
      },
    },
    Frame: frame,
    FrameLocator: { methods: { ...locators, ...each(["first", "last", "nth"], { gives: "FrameLocator" }) } },
    Locator: {
      methods: {
        ...actions,
        ...locators,
        ...each(["first", "last", "nth", "filter", "and", "or"], locate),
        pressSequentially: write,
        clear: write,
        dragTo: act,
        contentFrame: { gives: "FrameLocator" },
      },
    },
    ElementHandle: { methods: { ...actions, ...each(["$", "waitForSelector"], find) } },
    Keyboard: { methods: { press: act, type: write } },
    Mouse: { methods: each(["click", "dblclick", "down", "up"], act) },
    Touchscreen: { methods: { tap: act } },
  },
};

/** The fixtures that its test runner gives to a test. */
export const playwrightTest: LibraryModel = {
  modules: ["@playwright/test"],
  values: { test: "TestType" },
  resources: {
    TestType: {
      methods: {
        ...each(["@@call", "only", "skip", "fixme", "fail", "beforeEach", "afterEach"], test),
        extend: { gives: "TestType" },
      },
    },
    PlaywrightTestArgs: {
      properties: { page: "playwright-core.Page", context: "playwright-core.BrowserContext" },
    },
  },
};
