import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";

const options = { rules: { "tailrace/no-headers-only-deadline": "error" } } as const;

const lines = (code: string, language?: "commonjs" | "espree"): number[] =>
  lint(code, language ? { ...options, language } : options).map(({ line }) => line);

const timed = (body: string, imports = ""): string => `${imports}
export async function load(url) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 1000);
  ${body}
}`;

describe("reports a deadline that ends at the headers", () => {
  test.for<[string, string]>([
    [
      "before the body is read",
      "const r = await fetch(url, { signal: controller.signal }); clearTimeout(timer); return await r.json();",
    ],
    [
      "and the response is returned",
      "const r = await fetch(url, { signal: controller.signal }); clearTimeout(timer); return r;",
    ],
    ["in an object", "const r = await fetch(url, { signal: controller.signal }); clearTimeout(timer); return { r };"],
    [
      "with the signal taken out",
      "const { signal } = controller; const r = await fetch(url, { signal }); clearTimeout(timer); return r.text();",
    ],
    [
      "with the options in a variable",
      "const o = { signal: controller.signal }; const r = await fetch(url, o); clearTimeout(timer); return r.text();",
    ],
    [
      "with a request",
      "const r = await fetch(new Request(url, { signal: controller.signal })); clearTimeout(timer); return r.text();",
    ],
    [
      "after a promise that is awaited later",
      "const p = fetch(url, { signal: controller.signal }); const r = await p; clearTimeout(timer); return r.text();",
    ],
    [
      "though reading has begun",
      "const r = await fetch(url, { signal: controller.signal }); const text = r.text(); clearTimeout(timer); return text;",
    ],
    [
      "with the caller's signal as well",
      "const r = await fetch(url, { signal: AbortSignal.any([controller.signal, outer]) }); clearTimeout(timer); return r.text();",
    ],
    [
      "of a client that shows by its result what it is",
      "const r = await client.get(url, { signal: controller.signal }); clearTimeout(timer); return r.json();",
    ],
    [
      "in a chain",
      "return fetch(url, { signal: controller.signal }).finally(() => clearTimeout(timer)).then((r) => r.json());",
    ],
  ])("%s", ([, body]) => {
    expect(lines(timed(body))).toEqual([5]);
  });

  test.for<[string, number, string]>([
    [
      "in a method that clears the timer",
      6,
      "class A { #timer; async get(url) {\n const c = new AbortController();\n this.#timer = setTimeout(() => c.abort(), 9);\n const r = await fetch(url, { signal: c.signal });\n\n this.#clear();\n return r.json(); }\n #clear() { clearTimeout(this.#timer); } }",
    ],
    [
      "that a function made",
      3,
      "function deadline() { const c = new AbortController(); const t = setTimeout(() => c.abort(), 9); return { signal: c.signal, stop: () => clearTimeout(t) }; }\nasync function get(url) { const d = deadline(); try { return await fetch(url, { signal: d.signal }); } finally {\n d.stop(); } }",
    ],
    [
      "that a function lends to a callback",
      2,
      "async function within(run) { const c = new AbortController(); const t = setTimeout(() => c.abort(), 9); try { return await run(c.signal); } finally {\n clearTimeout(t); } }\nconst r = await within((signal) => fetch(url, { signal })); await r.json();",
    ],
    [
      "by a race with a timer",
      2,
      "async function get(url) {\n const r = await Promise.race([fetch(url), new Promise((_, no) => setTimeout(no, 9))]);\n return r.json(); }",
    ],
    [
      "by a race of a helper",
      2,
      "const within = (p, ms) => Promise.race([p, new Promise((_, no) => setTimeout(no, ms))]);\nexport const get = (url) => within(fetch(url), 9);",
    ],
  ])("%s", ([, line, code]) => {
    expect(lines(code)).toEqual([line]);
  });

  test("at once, where the promise is returned and not awaited", () => {
    const [report] = lint(
      timed(
        "try { return fetch(url, { signal: controller.signal }).then((r) => r.json()); } finally { clearTimeout(timer); }",
      ),
      options,
    );
    expect(report?.message).toMatch(/^`clearTimeout\(timer\)` ends the deadline at once/u);
  });

  test("while a read that is returned and not awaited goes on", () => {
    const [report] = lint(
      timed(
        "try { const r = await fetch(url, { signal: controller.signal }); return r.json(); } finally { clearTimeout(timer); }",
      ),
      options,
    );
    expect(report?.message).toContain("is returned without being awaited, so `finally` runs at once.");
    expect(report?.message).toContain("Write `return await`");
  });

  test("whose timer a helper starts", () => {
    const load = (helper: string): number[] =>
      lines(`${helper}
export async function load(url) {
  const controller = new AbortController();
  const timer = start(controller, 9);
  const r = await fetch(url, { signal: controller.signal });
  clearTimeout(timer);
  return await r.json();
}`);
    expect(load("function start(c, ms) { return setTimeout(() => c.abort(), ms); }")).toEqual([6]);
    expect(
      load("const start = (c, ms) => { const t = setTimeout(() => c.abort(), ms); t.unref(); return t; };"),
    ).toEqual([6]);
    expect(load("function start(c, ms) { return setTimeout(() => other.abort(), ms); }")).toEqual([]);
    expect(load("function start(c, ms) { setTimeout(() => c.abort(), ms); return log(); }")).toEqual([]);
  });

  test("of undici's request", () => {
    const body =
      "const { body } = await request(url, { signal: controller.signal }); clearTimeout(timer); return body.json();";
    expect(lines(timed(body, 'import { request } from "undici";'))).toEqual([5]);
  });

  test("in a script and in plain JavaScript", () => {
    const body = "const r = await fetch(url, { signal: controller.signal }); clearTimeout(timer); return r.json();";
    expect(lines(timed(body).replace("export ", ""), "commonjs")).toEqual([5]);
    expect(lines(timed(body), "espree")).toEqual([5]);
  });

  test("and says what is read without one", () => {
    const [report] = lint(
      timed(
        "const r = await fetch(url, { signal: controller.signal });\n  clearTimeout(timer);\n  return await r.json();",
      ),
      options,
    );
    expect(report?.message).toBe(
      "`clearTimeout(timer)` ends the deadline when the headers have come: that is all that `fetch(url, { signal: controller.signal })` (line 5) waits for. The body is read without one (`r.json`, line 7), so a server that stalls in the middle of the body is waited for without end, or as long as the client itself allows (`fetch` of Node: five minutes for each chunk). Clear the timer when the body has been read, or use `AbortSignal.timeout(ms)` and no timer.",
    );
  });
});

describe("is silent", () => {
  test.for<[string, string]>([
    [
      "where the body was read before",
      "const r = await fetch(url, { signal: controller.signal }); const j = await r.json(); clearTimeout(timer); return j;",
    ],
    [
      "where the body is dropped",
      "const r = await fetch(url, { signal: controller.signal }); clearTimeout(timer); await r.body?.cancel();",
    ],
    [
      "where only headers are read",
      "const r = await fetch(url, { signal: controller.signal }); clearTimeout(timer); return r.headers.get('etag');",
    ],
    [
      "about another controller",
      "const other = new AbortController(); const r = await fetch(url, { signal: other.signal }); clearTimeout(timer); return r.json();",
    ],
    [
      "about a timer that aborts nothing",
      "const log = setTimeout(() => console.log('slow'), 10); const r = await fetch(url); clearTimeout(log); clearTimeout(timer); return r.json();",
    ],
    [
      "about a client that is not known to be one",
      "const r = await client.get(url, { signal: controller.signal }); clearTimeout(timer); return r;",
    ],
    [
      "where there is another deadline",
      "const r = await fetch(url, { signal: AbortSignal.any([controller.signal, AbortSignal.timeout(9)]) }); clearTimeout(timer); return r.json();",
    ],
    [
      "where the answer only failed",
      "try { return await (await fetch(url, { signal: controller.signal })).json(); } catch { clearTimeout(timer); return undefined; }",
    ],
    [
      "where a chain gives something else",
      "return fetch(url, { signal: controller.signal }).then((r) => r.ok).finally(() => clearTimeout(timer));",
    ],
    [
      "where a callback reads the body itself",
      "async function within(run) { try { return await run(controller.signal); } finally { clearTimeout(timer); } } return within(async (signal) => (await fetch(url, { signal })).json());",
    ],
    [
      "where the body has a deadline of its own",
      "const r = await fetch(url, { signal: controller.signal }); clearTimeout(timer); return within(r.json(), 9);",
    ],
    [
      "where the race is over the body",
      "return Promise.race([fetch(url).then((r) => r.json()), new Promise((_, no) => setTimeout(no, 9))]);",
    ],
    [
      "where a check throws",
      "const r = await fetch(url, { signal: controller.signal }); clearTimeout(timer); check(r);",
    ],
  ])("%s", ([, body]) => {
    expect(lines(timed(body))).toEqual([]);
  });
});
