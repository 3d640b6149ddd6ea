// The packed runtime in a real browser, as its modules are: what the guide shows, where that needs nothing of Node's.
import { globSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join, normalize, relative } from "node:path";
import { chromium } from "playwright";
import type { Browser } from "playwright";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { alike, promisedBy } from "../guide/promised.ts";
import { FOREIGN } from "../runtimes/foreign.ts";
import { find } from "../servers/find.ts";
import { createProject } from "./project.ts";
import type { Project } from "./project.ts";

const guide = join(import.meta.dirname, "../guide");
/** Where nobody keeps track of who calls, a call inside another one waits. */
const ELSEWHERE = ["limit/nested.ts", "mvar/nested.ts", "pool/nested.ts"];

const source = (example: string): string => readFileSync(join(guide, example), "utf8");
const examples = globSync("*/*.ts", { cwd: guide })
  .sort()
  .filter((example) => !ELSEWHERE.includes(example) && !FOREIGN.test(source(example)));

const TIMERS = join(import.meta.dirname, "../runtimes/timers.js");

const binary = find("chromium");
describe.skipIf(binary === undefined)("in Chromium,", () => {
  let project: Project;
  let browser: Browser;
  let origin: string;
  let imports: Readonly<Record<string, string>>;
  const server = createServer((request, response) => {
    void answer(request.url ?? "/").then(
      ({ type, text }) => response.setHeader("content-type", type).end(text),
      () => response.writeHead(404).end(),
    );
  });

  async function answer(url: string): Promise<{ readonly type: string; readonly text: string }> {
    const javascript = (text: string) => ({ type: "text/javascript", text });
    if (url === "/favicon.ico") return { type: "image/x-icon", text: "" };
    if (url === "/timers.js") return javascript(await readFile(TIMERS, "utf8"));
    if (url.startsWith("/node_modules/")) {
      return javascript(await readFile(join(project.directory, normalize(url)), "utf8"));
    }
    const [, kind, example = ""] = /^\/(page|code)\/(.*)$/u.exec(url) ?? [];
    if (kind === undefined) throw new Error(`nothing at ${url}`);
    if (kind === "code") {
      const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
      // The end of the example is a line of its own: it may print nothing.
      return javascript(`${ts.transpileModule(source(example), { compilerOptions }).outputText}\nconsole.log("end");`);
    }
    const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;
    return { type: "text/html", text: `<!doctype html>${map}<script type="module" src="/code/${example}"></script>` };
  }

  beforeAll(async () => {
    project = await createProject([]);
    imports = importsOf(project.directory);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port.toString()}`;
    browser = await chromium.launch({ executablePath: binary ?? "", args: ["--no-sandbox"] });
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    server.close();
    await project[Symbol.asyncDispose]();
  });

  test.for(examples)("%s prints what the guide says", async (example) => {
    const { stdout } = promisedBy(join(guide, example));
    await using page = await browser.newPage();
    const printed: string[] = [];
    const ended = new Promise<void>((resolve) => {
      page.on("console", (message) => {
        if (message.text() === "end") resolve();
        else printed.push(message.text());
      });
      page.on("pageerror", (error) => {
        printed.push(String(error));
        resolve();
      });
    });
    await page.goto(`${origin}/page/${example}`);
    await ended;
    expect(alike(printed.map((line) => `${line}\n`).join(""))).toBe(stdout);
  });
});

/** Where a browser finds what the modules of the runtime import. */
function importsOf(directory: string): Record<string, string> {
  const runtime = join(directory, "node_modules/tailrace/dist/index.js");
  const limit = createRequire(runtime).resolve("p-limit");
  const queue = createRequire(limit).resolve("yocto-queue");
  const served = (path: string): string => `/${relative(directory, path)}`;
  return {
    tailrace: served(runtime),
    "tailrace/testing": served(join(dirname(runtime), "testing.js")),
    "p-limit": served(limit),
    "yocto-queue": served(queue),
    "node:timers/promises": "/timers.js",
  };
}
