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

const answered = (rest: string, above = ""): string =>
  timed(`const r = await fetch(url, { signal: controller.signal }); clearTimeout(timer); ${rest}`, above);

describe("after the timer was cleared, it reports", () => {
  test.for<[string, string, string?]>([
    ["a body that is looped over", "for await (const part of r.body) use(part);"],
    ["a body with a name", "const { body } = r; return body.getReader();"],
    ["a body with another name", "const { body: stream } = r; return stream.getReader();"],
    ["a body with a default", "const { body = empty } = r; return body.getReader();"],
    ["a body under a quoted name", 'const { "body": stream } = r; return stream.getReader();'],
    ["a body in a variable", "const b = r.body; for await (const part of b) use(part);"],
    ["a body behind a question mark", "return await r?.body?.getReader().read();"],
    ["a body that is asserted to be there", "return await r.body!.getReader().read();"],
    [
      "a reader",
      "const reader = r.body.getReader(); for (;;) { const { done } = await reader.read(); if (done) return; }",
    ],
    ["a copy of the response", "return await r.clone().text();"],
    ["a member that is not known", "return r[how]();"],
    ["a read whose promise is awaited later", "const text = r.text(); log(); return await text;"],
    ["a read whose failure is caught", "return await r.json().catch(() => undefined);"],
    ["a response with a second name", "const again = r; return await again.text();"],
    ["a response with a second name and a type", "const again = r as Response; return await again.text();"],
    ["a response that is put into a variable with a type", "let again; again = r!; return await again.text();"],
    ["a response that an arrow gives with a type", "return () => r as Response;"],
    ["a response that is put into a variable", "let again; again = r; return await again.text();"],
    ["a response in a pair", "return [r, 1];"],
    ["a response in an object in an object", "return { inner: { r } };"],
    ["a response in an object that is kept", "const pair = { r }; return use(pair);"],
    ["a response in an object that is given", "keep({ r });"],
    ["a response that is returned on a condition", "return url ? r : undefined;"],
    ["a response that is returned if there is one", "return r ?? undefined;"],
    ["a response that is awaited once more", "return await r;"],
    ["a response of which an arrow gives the text", "const text = () => r.text(); return await text();"],
    ["a response that an arrow gives", "return () => r;"],
    ["a response that fulfils a promise", "return new Promise((resolve) => resolve(r));"],
    ["a text that fulfils a promise", "return new Promise((resolve) => resolve(r.text()));"],
    ["a response that an error takes along", "throw new HttpError(r);"],
    ["a new response with the body", "return new Response(r.body, { headers: r.headers });"],
    ["a stream made of the body", "return Readable.fromWeb(r.body);"],
    ["a stream from the body that is read", "const s = Readable.from(r.body); for await (const part of s) use(part);"],
    ["a body that is given away", "save(r.body);"],
    ["a stream of the body that is given away", "await save(Readable.fromWeb(r.body));"],
    ["a new response that is given away", "await save(new Response(r.body));"],
    ["a response that a function of the file reads for nobody", "all(r);", "function all(x) { return x.text(); }"],
    ["a body that is given away and waited for", "await save(r.body);"],
    ["a response that somebody unknown makes something of", "const result = parse(r); return result;"],
    ["a response that somebody unknown reads", "await check(r);"],
    ["a response that a function of the file reads", "return await all(r);", "function all(x) { return x.text(); }"],
    ["a response that an arrow of the file reads", "return all(1, r);", "const all = (n, x) => x.text();"],
    [
      "a body that a function of the file reads",
      "await all(r.body);",
      "async function all(x) { for await (const p of x) use(p); }",
    ],
    ["a response that two functions hand on", "return a(r);", "const a = (x) => b(x); const b = (x) => x.text();"],
    ["a pipeline", "await pipeline(r.body, file);"],
    ["a pipeline with other options", "await pipeline(r.body, file, { end: false });"],
    ["all of several reads", "return await Promise.all([r.json(), other]);"],
    ["all of several reads, settled", "return await Promise.allSettled([r.json(), other]);"],
    ["a read in a promise", "return Promise.resolve(r.text());"],
    ["a read in a loop", "while (more()) { await r.text(); }"],
    ["a read on a condition", "if (r.ok) return await r.json(); return undefined;"],
    ["a read of an error", "if (!r.ok) throw new Error(await r.text());"],
    ["a read in a template", "return `got ${await r.text()}`;"],
  ])("%s", ([, rest, above]) => {
    expect(lines(answered(rest, above))).toEqual([5]);
  });

  test("a response that a generator yields", () => {
    expect(lines(answered("yield r;").replace("function load", "function* load"))).toEqual([5]);
  });

  test.for(["json", "text", "arrayBuffer", "blob", "bytes", "formData", "buffer"])(
    "%s, also of a client that shows only by that what it is",
    (name) => {
      const get = (rest: string): string =>
        timed(`const r = await client.get(url, { signal: controller.signal }); clearTimeout(timer); ${rest}`);
      expect(lines(answered(`return await r.${name}();`))).toEqual([5]);
      expect(lines(get(`return await r.${name}();`))).toEqual([5]);
      expect(lines(get(`return r.${name};`))).toEqual([]);
      expect(lines(answered(`return within(r.${name}(), 9);`))).toEqual([]);
    },
  );
});

describe("after the timer was cleared, it is silent about", () => {
  test.for([
    ...["ok", "status", "statusText", "statusCode", "headers", "trailers", "url", "type", "redirected"],
    ...["bodyUsed", "opaque", "context"],
  ])("%s", (name) => {
    expect(lines(answered(`return r.${name};`))).toEqual([]);
  });

  test.for(["cancel", "destroy", "dump"])("a body of which there is a %s", (name) => {
    expect(lines(answered(`r.body.${name}();`))).toEqual([]);
    expect(lines(answered(`const { body } = r; await body.${name}();`))).toEqual([]);
  });

  test.for<[string, string, string?]>([
    ["headers that are taken out", "const { headers, ok } = r; return ok ? headers : undefined;"],
    ["the rest of what is taken out, that nobody uses", "const { ok, ...rest } = r; return ok;"],
    ["a body that is taken out and not used", "const { body } = r; return 1;"],
    ["a status with a second name", "const again = r; return again.status;"],
    ["a name that the response has only for a while", "let again; again = r; return again.ok;"],
    ["a check of the file", "check(r); return 1;", "function check(x) { if (!x.ok) throw new Error(x.statusText); }"],
    ["a check of the file with a result", "return ok(r);", "const ok = (x) => x.status === 200;"],
    ["a check of the file by another one", "return a(r);", "const a = (x) => b(x); const b = (x) => x.ok;"],
    ["a logger", "log(r);"],
    ["a question whether there is one", "if (r) return 1;"],
    ["a type that is asked", "return typeof r;"],
    ["a name in a computed member", "return known[r];"],
    ["a loop that only runs while there is one", "for (const key of names) log(r.status);"],
    ["a pipeline with a signal of its own", "await pipeline(r.body, file, { signal });"],
    ["a pipeline with a time of its own", "await pipeline(r.body, file, { end: true, timeout: 9 });"],
    ["a read that another one limits", "return await within(r.text());"],
    ["a read that is one of several that another one limits", "return await within([r.text(), 1]);"],
    ["a use of the body that another one limits", "await within(save(r.body));"],
    ["a read that takes part in a race", "return await Promise.race([r.json(), other]);"],
    ["a body that another one limits", "return await limited(r.body);", "const limited = (x) => x.cancel();"],
  ])("%s", ([, rest, above]) => {
    expect(lines(answered(rest, above))).toEqual([]);
  });
});

describe("a field that keeps the response", () => {
  const kept = (rest: string, others = ""): string =>
    `class Client { async load(url) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 1000);
  this.r = await fetch(url, { signal: controller.signal });
  clearTimeout(timer); ${rest} }
  ${others} }`;

  test("is reported where its body is read, here or elsewhere", () => {
    expect(lines(kept("return await this.r.text();"))).toEqual([5]);
    expect(lines(kept("", "async text() { return await this.r.text(); }"))).toEqual([5]);
    expect(lines(kept("return this.r.ok;", "text() { return this.r.json(); }"))).toEqual([5]);
  });

  test("is silent where only headers are read", () => {
    expect(lines(kept("return this.r.ok;"))).toEqual([]);
    expect(lines(kept("return this.r.ok;", "status() { return this.r.status; }"))).toEqual([]);
    expect(lines(kept("return this.r.ok;", "text() { return this.other.text(); }"))).toEqual([]);
    expect(lines(kept("return this.r.ok;", "text() { return this.r.text; }"))).toEqual([]);
    expect(lines(kept("return this.other.text();"))).toEqual([]);
  });
});

describe("what the request is given", () => {
  const given = (request: string, above = "", rest = "return await r.json();"): string =>
    timed(`const r = await ${request}; clearTimeout(timer); ${rest}`, above);

  test.for<[string, string, string?]>([
    ["the signal under a quoted name", 'fetch(url, { "signal": controller.signal })'],
    ["the signal after a method", 'fetch(url, { method: "POST", signal: controller.signal })'],
    ["the signal after a copy", "fetch(url, { ...options, signal: controller.signal })"],
    ["a copy of options", "fetch(url, Object.assign({}, options, { signal: controller.signal }))"],
    ["a request in a copy", "fetch(new Request(Object.assign(url, { signal: controller.signal })))"],
    ["the signal on a condition", "fetch(url, { signal: url ? controller.signal : undefined })"],
    ["the signal unless there is none", "fetch(url, { signal: url ? undefined : controller.signal })"],
    [
      "one of several in a variable",
      "fetch(url, { signal: AbortSignal.any(all) })",
      "const all = [controller.signal];",
    ],
    ["options that a function makes", "fetch(url, optionsWith(controller.signal))"],
    ["options that a function makes from more", "fetch(url, optionsWith(url, controller.signal))"],
    ["options that are asserted", "fetch(url, { signal: controller.signal } as RequestInit)"],
    ["a method in a variable", "fetch(url, { method, signal: controller.signal })"],
    ["another method that begins alike", 'fetch(url, { method: "HEADING", signal: controller.signal })'],
    ["another method that ends alike", 'fetch(url, { method: "FOREHEAD", signal: controller.signal })'],
  ])("is reported: %s", ([, request, above = ""]) => {
    expect(lines(timed(`${above} const r = await ${request}; clearTimeout(timer); return await r.json();`))).toEqual([
      5,
    ]);
  });

  test.for<[string, string]>([
    ["a HEAD request", 'fetch(url, { method: "HEAD", signal: controller.signal })'],
    ["a head request", 'fetch(url, { method: "head", signal: controller.signal })'],
    ["a time limit as well", "fetch(url, { timeout: 9, signal: controller.signal })"],
    ["a limit for the body", "fetch(url, { bodyTimeout: 9, signal: controller.signal })"],
    ["no options", "fetch(url)"],
    ["no signal", "fetch(url, { headers })"],
    ["another signal", "fetch(url, { signal })"],
    ["another signal on a condition", "fetch(url, { signal: url ? a : b })"],
    ["a signal of a function", "fetch(url, { signal: limit() })"],
    ["others of several", "fetch(url, { signal: AbortSignal.any([a, b]) })"],
    ["something made of the signal", "fetch(url, { signal: AbortSignal.other([controller.signal]) })"],
    ["several that are not known", "fetch(url, { signal: AbortSignal.any(controller.signal) })"],
    ["something else made with the signal", "fetch(url, new Options({ signal: controller.signal }))"],
    ["something else copied with the signal", "fetch(url, Object.freezing({ signal: controller.signal }))"],
    ["options that a function makes without it", "fetch(url, optionsWith(url))"],
    ["options of a client that a function makes", "client.get(url, optionsWith(controller.signal))"],
    ["an event stream", 'fetch(url, { headers: { accept: "text/event-stream" }, signal: controller.signal })'],
  ])("is silent: %s", ([, request]) => {
    expect(lines(given(request))).toEqual([]);
  });

  test.for<[string, string, number[]]>([
    ["a signal that is put into options", "const o = {}; o.signal = controller.signal;", [5]],
    ["a signal that is put into options of others", "const o = make(); o.signal = controller.signal;", [5]],
    ["a signal under a quoted name", 'const o = {}; o["signal"] = controller.signal;', [5]],
    ["a signal after a method", 'const o = { method: "POST" }; o.method = "PUT"; o.signal = controller.signal;', [5]],
    ["a signal for a HEAD request", 'const o = { method: "HEAD" }; o.signal = controller.signal;', []],
    ["a signal that is put there beside another one", "const o = { signal }; o.signal.x = controller.signal;", []],
    ["a signal that is only compared", "const o = {}; log(o.signal === controller.signal);", []],
    ["a signal that is taken from there", "const o = {}; controller.signal = o.signal;", []],
    ["another field that gets the signal", "const o = {}; o.other = controller.signal;", []],
    ["options with a second name", "const p = { signal: controller.signal }; const o = p;", [5]],
    ["options that are part of others", "const { o } = { signal: controller.signal };", []],
    ["options that are replaced", "let o = { signal: controller.signal }; o = {};", []],
    ["options that are not there", "const o = undefined;", []],
  ])("in a variable: %s", ([, before, expected]) => {
    const code = timed(`${before} const r = await fetch(url, o); clearTimeout(timer); return await r.json();`);
    expect(lines(code)).toEqual(expected);
  });
});

describe("what is known to be a request", () => {
  const called = (request: string, above = ""): number[] =>
    lines(
      timed(`const r = await ${request}(url, { signal: controller.signal }); clearTimeout(timer); return r;`, above),
    );

  test.for<[string, string, string?]>([
    ["the global one", "globalThis.fetch"],
    ["undici's", "fetch", 'import { fetch } from "undici";'],
    ["undici's request", "request", 'import { request } from "undici";'],
    ["all of undici", "undici.request", 'import * as undici from "undici";'],
    ["node-fetch", "get", 'import get from "node-fetch";'],
    ["node-fetch by name", "get", 'import { fetch as get } from "node-fetch";'],
    ["node-fetch, required", "get", 'const get = require("node-fetch");'],
    ["node-fetch-native", "get", 'import get from "node-fetch-native";'],
    ["node-fetch-native by name", "get", 'import { fetch as get } from "node-fetch-native";'],
    ["cross-fetch", "get", 'import get from "cross-fetch";'],
    ["cross-fetch by name", "get", 'import { fetch as get } from "cross-fetch";'],
    ["isomorphic-fetch", "get", 'import get from "isomorphic-fetch";'],
    ["minipass-fetch", "get", 'import get from "minipass-fetch";'],
    ["a second name", "get", "const get = fetch;"],
    ["one of two", "(options.fetch ?? fetch)"],
    ["one of two, the other way round", "(fetch ?? options.fetch)"],
    ["one on a condition", "(url ? fetch : other)"],
    ["one on a condition, the other way round", "(url ? other : fetch)"],
    ["one of two with a name", "get", "const get = options.fetch ?? fetch;"],
    ["a bound one", "get", "const get = fetch.bind(globalThis);"],
    ["one that is bound on the spot", "fetch.bind(globalThis)"],
    ["a function around it", "get", "function get(a, b) { return fetch(a, b); }"],
    ["a function that waits for it", "get", "async function get(a, b) { return await fetch(a, b); }"],
    ["an arrow around it", "get", "const get = (a, b) => fetch(a, b);"],
    [
      "a function with its result in a variable",
      "get",
      "async function get(a, b) { const x = await fetch(a, b); return x; }",
    ],
    ["a function with two results", "get", "function get(a, b) { if (!b) return undefined; return fetch(a, b); }"],
    ["a function around a function", "get", "const get = (a, b) => inner(a, b); const inner = (a, b) => fetch(a, b);"],
    ["a variable of its type", "get", "declare const get: typeof fetch;"],
    ["a variable of its global type", "get", "declare const get: typeof globalThis.fetch;"],
  ])("%s", ([, request, above]) => {
    expect(called(request, above)).toEqual([5]);
  });

  test.for<[string, string, string?]>([
    ["another global", "got"],
    ["a member of something", "client.fetch", 'import client from "elsewhere";'],
    ["another export of undici", "stream", 'import { stream } from "undici";'],
    ["another export of node-fetch", "isRedirect", 'import { isRedirect } from "node-fetch";'],
    ["another library", "fetch", 'import { fetch } from "elsewhere";'],
    ["a second name of another", "get", "const get = got;"],
    ["one of two others", "(options.fetch ?? got)", "const options = read();"],
    ["one of two others on a condition", "(url ? got : other)"],
    ["fetch, where only asked about", "(fetch ? got : other)"],
    ["another one that is bound", "got.bind(globalThis)"],
    ["a member of fetch", "fetch.call"],
    ["a function around another", "get", "function get(a, b) { return got(a, b); }"],
    ["a function around no call", "get", "function get(a, b) { return fetch; }"],
    ["a function that calls it for itself", "get", "function get(a, b) { fetch(a); return got(a, b); }"],
    ["a function that calls itself", "get", "function get(a, b) { return get(a, b); }"],
    [
      "a function that is written around nothing",
      "get",
      "const get = (a, b) => inner(a, b); const inner = (a, b) => get(a, b);",
    ],
    ["a variable of another type", "get", "declare const get: typeof got;"],
    ["a variable of the type of a member", "get", "declare const get: typeof fetch.call;"],
    ["a variable of a named type", "get", "declare const get: fetch;"],
    ["a variable that is set again", "get", "let get = fetch; get = got;"],
    ["a variable without a value", "get", "let get;"],
    ["a part of fetch", "preconnect", "const { preconnect } = fetch;"],
  ])("not %s", ([, request, above]) => {
    expect(called(request, above)).toEqual([]);
  });

  test.for<[string, string, string, number[]]>([
    ["a parameter with a default", "get = fetch", "", [5]],
    ["a parameter with another default", "get = got", "", []],
    ["a parameter of its type", "get: typeof fetch", "", [5]],
    ["a parameter without anything", "get", "", []],
    ["the default of another parameter", "get, other = fetch", "", []],
  ])("%s", ([, parameter, above, expected]) => {
    const code = timed(
      "const r = await get(url, { signal: controller.signal }); clearTimeout(timer); return r;",
      above,
    ).replace("load(url)", `load(url, ${parameter})`);
    expect(lines(code)).toEqual(expected);
  });

  test.for<[string, string, number[]]>([
    ["a field", "get = fetch;", [5]],
    ["a field of its type", "get: typeof fetch;", [5]],
    ["a field that the constructor sets", "constructor(options) { this.get = options.fetch ?? fetch; }", [5]],
    ["a field that the constructor is given", "constructor(private get: typeof fetch) {}", [5]],
    ["a field of something else", "get = got;", []],
    ["a field of another type", "get: Getter;", []],
    ["a field that is not there", "other = fetch;", []],
    ["a method around it", "get(a, b) { return fetch(a, b); }", [5]],
    ["a method around something else", "get(a, b) { return got(a, b); }", []],
  ])("%s", ([, member, expected]) => {
    const code = `class A { async load(url) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 1000);
  const r = await this.get(url, { signal: controller.signal });
  clearTimeout(timer); return r; }
  ${member} }`;
    expect(lines(code)).toEqual(expected);
  });
});

describe("what the timer is", () => {
  const whole = (start: string, end: string): string => `export async function load(url) {
  const controller = new AbortController();
  ${start}
  const r = await fetch(url, { signal: controller.signal });
  ${end}; return await r.json();
}`;
  const abort = "const timer = setTimeout(() => controller.abort(), 9);";

  test.for<[string, string, string, string?]>([
    [
      "the method itself, bound",
      "const timer = setTimeout(controller.abort.bind(controller), 9);",
      "clearTimeout(timer)",
    ],
    [
      "a function with a block",
      "const timer = setTimeout(function () { log(); controller.abort(); }, 9);",
      "clearTimeout(timer)",
    ],
    [
      "a function with a name",
      "const late = () => controller.abort(); const timer = setTimeout(late, 9);",
      "clearTimeout(timer)",
    ],
    [
      "one that aborts twice",
      "const timer = setTimeout(() => { controller.abort(); controller.abort(); }, 9);",
      "clearTimeout(timer)",
    ],
    [
      "one that is set on a condition",
      "const timer = url ? setTimeout(() => controller.abort(), 9) : undefined;",
      "clearTimeout(timer)",
    ],
    [
      "one that is set where there is a time",
      "const timer = url && setTimeout(() => controller.abort(), 9);",
      "clearTimeout(timer)",
    ],
    ["one that is cleared on a condition", abort, "if (timer) clearTimeout(timer)"],
    [
      "one that is unreferenced",
      "const timer = setTimeout(() => controller.abort(), 9).unref();",
      "clearTimeout(timer)",
    ],
    ["one that is assigned", "let timer; timer = setTimeout(() => controller.abort(), 9);", "clearTimeout(timer)"],
    ["one that a field keeps", "box.timer = setTimeout(() => controller.abort(), 9);", "clearTimeout(box.timer)"],
    ["one with a second name", `${abort} const again = timer;`, "clearTimeout(again)"],
    [
      "the global one",
      "const timer = globalThis.setTimeout(() => controller.abort(), 9);",
      "globalThis.clearTimeout(timer)",
    ],
    [
      "that of the window",
      "const timer = window.setTimeout(() => controller.abort(), 9);",
      "window.clearTimeout(timer)",
    ],
    ["that of a worker", "const timer = self.setTimeout(() => controller.abort(), 9);", "self.clearTimeout(timer)"],
    [
      "that of Node",
      "const timer = setTimeout(() => controller.abort(), 9);",
      "clearTimeout(timer)",
      'import { setTimeout, clearTimeout } from "node:timers";',
    ],
    ["one that a function clears", abort, "stop(timer)", "function stop(t) { clearTimeout(t); }"],
    [
      "one that a function clears on a condition",
      abort,
      "stop(1, timer)",
      "const stop = (n, t) => { if (t) clearTimeout(t); };",
    ],
    [
      "one that a function clears with others",
      abort,
      "stop(timer)",
      "function stop(t) { clearTimeout(other); clearTimeout(t); }",
    ],
    ["one that an inner function clears", `${abort} const stop = () => clearTimeout(timer);`, "stop()"],
    [
      "one that an inner function clears for another one",
      `${abort} const inner = () => clearTimeout(timer); const stop = () => inner();`,
      "stop()",
    ],
  ])("%s", ([, start, end, above = ""]) => {
    expect(lines(whole(start, end) + above)).toEqual([5]);
  });

  test.for<[string, string, string, string?]>([
    [
      "one that aborts one of two",
      "const timer = setTimeout(() => { controller.abort(); other.abort(); }, 9);",
      "clearTimeout(timer)",
    ],
    ["one that aborts another one", "const timer = setTimeout(() => other.abort(), 9);", "clearTimeout(timer)"],
    [
      "one that does something else",
      "const timer = setTimeout(() => controller.log('abort'), 9);",
      "clearTimeout(timer)",
    ],
    ["one without a callback", "const timer = setTimeout(); controller.abort;", "clearTimeout(timer)"],
    [
      "an interval of Node",
      "const timer = setInterval(() => controller.abort(), 9);",
      "clearTimeout(timer)",
      'import { setInterval } from "node:timers";',
    ],
    ["a timer beside the one that is cleared", abort, "clearTimeout(other, timer)"],
    ["an interval", "const timer = setInterval(() => controller.abort(), 9);", "clearTimeout(timer)"],
    [
      "a timer of something else",
      "const timer = clock.setTimeout(() => controller.abort(), 9);",
      "clearTimeout(timer)",
    ],
    [
      "a timer of another library",
      "const timer = setTimeout(() => controller.abort(), 9);",
      "clearTimeout(timer)",
      'import { setTimeout } from "elsewhere";',
    ],
    ["a timer that another library clears", abort, "clearTimeout(timer)", 'import { clearTimeout } from "elsewhere";'],
    ["a timer that something else clears", abort, "clock.clearTimeout(timer)"],
    ["another timer that is cleared", `${abort} const other = setTimeout(log, 9);`, "clearTimeout(other)"],
    ["a timer that nobody clears", abort, "clearTimeout()"],
    ["a timer that nobody keeps", "setTimeout(() => controller.abort(), 9);", "clearTimeout(timer)"],
    [
      "a timer that is part of something",
      "const { timer } = setTimeout(() => controller.abort(), 9);",
      "clearTimeout(timer)",
    ],
    ["a timer that is asked", "const timer = setTimeout(() => controller.abort(), 9).hasRef();", "clearTimeout(timer)"],
    [
      "a timer whose method is only taken",
      "const timer = setTimeout(() => controller.abort(), 9).unref;",
      "clearTimeout(timer)",
    ],
    [
      "a timer that is given away",
      "const timer = keep(setTimeout(() => controller.abort(), 9));",
      "clearTimeout(timer)",
    ],
    ["a timer that a function does not clear", abort, "stop(timer)", "function stop(t) { clearTimeout(other); }"],
    ["a timer beside what a function clears", abort, "stop(timer, 1)", "function stop(n, t) { clearTimeout(t); }"],
    ["a timer that a function only gets", abort, "stop(timer)", "function stop({ t }) { clearTimeout(t); }"],
    ["a timer that a function asks", abort, "stop(timer)", "function stop(t) { log(t); clearTimeout(other); }"],
    ["a timer that is only mentioned", abort, "log(clearTimeout, timer)"],
    ["a timer that an inner function clears later", `${abort} const stop = () => clearTimeout(timer);`, "log()"],
  ])("not %s", ([, start, end, above = ""]) => {
    expect(lines(whole(start, end) + above)).toEqual([]);
  });
});

describe("a deadline that a function makes", () => {
  const made = (result: string, take: string, request: string, end: string): number[] =>
    lines(`function deadline() { const c = new AbortController(); const t = setTimeout(() => c.abort(), 9); const stop = () => clearTimeout(t); return ${result}; }
export async function get(url) { ${take}
  const r = await fetch(url, { signal: ${request} });
  ${end}; return await r.json(); }`);

  test.for<[string, string, string, string, string]>([
    [
      "and is taken apart",
      "{ signal: c.signal, stop: () => clearTimeout(t) }",
      "const { signal, stop } = deadline();",
      "signal",
      "stop()",
    ],
    [
      "and gets other names",
      "{ signal: c.signal, stop }",
      "const { signal: s, stop: end } = deadline();",
      "s",
      "end()",
    ],
    ["as its controller", "{ c, stop }", "const d = deadline();", "d.c.signal", "d.stop()"],
    ["as its controller, taken apart", "{ c, stop }", "const { c, stop } = deadline();", "c.signal", "stop()"],
    ["as its controller and its timer", "{ c, t }", "const d = deadline();", "d.c.signal", "clearTimeout(d.t)"],
    [
      "as a signal and a timer",
      "{ signal: c.signal, t }",
      "const { signal, t } = deadline();",
      "signal",
      "clearTimeout(t)",
    ],
    [
      "with a method",
      "{ signal: c.signal, stop() { clearTimeout(t); } }",
      "const d = deadline();",
      "d.signal",
      "d.stop()",
    ],
    ["with a quoted name", '{ "signal": c.signal, "stop": stop }', "const d = deadline();", "d.signal", "d.stop()"],
    ["as a pair", "[c.signal, stop]", "const [signal, stop] = deadline();", "signal", "stop()"],
    [
      "as a pair that begins with what stops it",
      "[stop, c.signal]",
      "const [stop, signal] = deadline();",
      "signal",
      "stop()",
    ],
    ["as a list with holes", "[, c.signal, stop]", "const [, signal, stop] = deadline();", "signal", "stop()"],
    [
      "with something else beside",
      "{ ...more, n: 1, signal: c.signal, stop }",
      "const { n, signal, stop, ...rest } = deadline();",
      "signal",
      "stop()",
    ],
    [
      "and does more when it stops",
      "{ signal: c.signal, stop: () => { log(); clearTimeout(t); } }",
      "const d = deadline();",
      "d.signal",
      "d.stop()",
    ],
  ])("is reported: %s", ([, result, take, request, end]) => {
    expect(made(result, take, request, end)).toEqual([4]);
  });

  test.for<[string, string, string, string, string]>([
    ["whose end is not taken", "{ signal: c.signal, stop }", "const { signal } = deadline();", "signal", "stop()"],
    ["whose signal is not taken", "{ signal: c.signal, stop }", "const { stop } = deadline();", "signal", "stop()"],
    [
      "whose signal is not used",
      "{ signal: c.signal, stop }",
      "const { stop, signal } = deadline();",
      "other",
      "stop()",
    ],
    [
      "of which something else is called",
      "{ signal: c.signal, stop, log: () => print() }",
      "const d = deadline();",
      "d.signal",
      "d.log()",
    ],
    [
      "of which another one is stopped",
      "{ signal: c.signal, stop }",
      "const d = deadline(); const e = deadline();",
      "d.signal",
      "e.stop()",
    ],
    ["that gives another signal", "{ signal: other.signal, stop }", "const d = deadline();", "d.signal", "d.stop()"],
    ["that gives another controller", "{ c: other, stop }", "const d = deadline();", "d.c.signal", "d.stop()"],
    [
      "that gives another timer",
      "{ signal: c.signal, t: other }",
      "const d = deadline();",
      "d.signal",
      "clearTimeout(d.t)",
    ],
    ["that nobody keeps", "{ signal: c.signal, stop }", "deadline();", "signal", "stop()"],
    ["that gives one thing only", "c.signal", "const signal = deadline();", "signal", "stop()"],
    ["whose members are mixed up", "[c.signal, stop]", "const [stop, signal] = deadline();", "signal", "stop()"],
    [
      "that gives no member of a known name",
      "{ [name]: c.signal, stop }",
      "const d = deadline();",
      "d.signal",
      "d.stop()",
    ],
  ])("is not reported: %s", ([, result, take, request, end]) => {
    expect(made(result, take, request, end)).toEqual([]);
  });

  test("is reported where the timer is also cleared for another reason", () => {
    const code = `function deadline(ms, outer) { const c = new AbortController(); const t = setTimeout(() => c.abort(), ms); outer.addEventListener("abort", () => clearTimeout(t)); return { signal: c.signal, stop: () => clearTimeout(t) }; }
export async function get(url, outer) { const d = deadline(9, outer);
  const r = await fetch(url, { signal: d.signal });
  d.stop(); return await r.json(); }`;
    expect(lines(code)).toEqual([4]);
  });

  test("is not reported where the function gives one of two things", () => {
    const code = (first: string): string =>
      `function deadline(ms) { const c = new AbortController(); const t = setTimeout(() => c.abort(), ms); ${first} return { signal: c.signal, stop: () => clearTimeout(t) }; }
export async function get(url) { const d = deadline();
  const r = await fetch(url, { signal: d.signal });
  d.stop(); return await r.json(); }`;
    expect(lines(code("if (!ms) return { signal: outer, stop: () => {} };"))).toEqual([]);
    expect(lines(code("if (!ms) throw new Error();"))).toEqual([4]);
  });
});

describe("a timer that a helper starts for a controller", () => {
  const started = (helper: string, start: string, end = "clearTimeout(timer)"): number[] =>
    lines(`${helper}
export async function load(url) {
  const controller = new AbortController(); ${start}
  const r = await fetch(url, { signal: controller.signal });
  ${end}; return await r.json();
}`);
  const second = "const start = (ms, c) => setTimeout(() => c.abort(), ms);";

  test.for<[string, string, string, string?]>([
    ["given in the second place", second, "const timer = start(9, controller);"],
    [
      "and kept in a variable of its own",
      "function start(c) { const t = setTimeout(() => c.abort(), 9); return t; }",
      "const timer = start(controller);",
    ],
    ["and kept in a field", second, "box.timer = start(9, controller);", "clearTimeout(box.timer)"],
  ])("is reported: %s", ([, helper, start, end]) => {
    expect(started(helper, start, end)).toEqual([5]);
  });

  test.for<[string, string, string, string?]>([
    ["given in the wrong place", second, "const timer = start(controller, 9);"],
    ["not given at all", second, "const timer = start(9);"],
    ["given another one", second, "const timer = start(9, other);"],
    ["given what was made on the spot", second, "const timer = start(9, new AbortController());"],
    [
      "of which there are two",
      "const start = (c) => { if (!c) return 1; return setTimeout(() => c.abort(), 9); };",
      "const timer = start(controller);",
    ],
    [
      "of which another one is returned",
      "const start = (c) => { const t = setTimeout(() => c.abort(), 9); return other; };",
      "const timer = start(controller);",
    ],
    [
      "of which nothing is returned",
      "const start = (c) => { setTimeout(() => c.abort(), 9); };",
      "const timer = start(controller);",
    ],
    [
      "that is not a parameter",
      "const start = () => setTimeout(() => outer.abort(), 9);",
      "const timer = start(controller);",
    ],
    ["and another one cleared", second, "const timer = start(9, controller);", "clearTimeout(other)"],
  ])("is not reported: %s", ([, helper, start, end]) => {
    expect(started(helper, start, end)).toEqual([]);
  });
});

describe("a signal that is lent to a callback", () => {
  const lent = (run: string, use: string, parameters = "run"): number[] =>
    lines(`async function within(${parameters}) { const c = new AbortController(); const t = setTimeout(() => c.abort(), 9); try { return await ${run}; } finally {
 clearTimeout(t); } }
export async function get(url) { ${use} }`);

  test.for<[string, string, string, string?]>([
    [
      "in an arrow",
      "run(c.signal)",
      "const r = await within((s) => fetch(url, { signal: s })); return await r.json();",
    ],
    [
      "in a function",
      "run(c.signal)",
      "const r = await within(function (s) { return fetch(url, { signal: s }); }); return await r.json();",
    ],
    [
      "after something else",
      "run(c.signal)",
      "const r = await within(9, async (s) => await fetch(url, { signal: s })); return await r.json();",
      "ms, run",
    ],
    ["in a chain", "run(c.signal)", "return within((s) => fetch(url, { signal: s })).then((r) => r.json());"],
    ["for whoever calls", "run(c.signal)", "return within((s) => fetch(url, { signal: s }));"],
    [
      "with something else",
      "run(1, c.signal)",
      "const r = await within((n, s) => fetch(url, { signal: s })); return await r.text();",
    ],
  ])("is reported: %s", ([, run, use, parameters]) => {
    expect(lent(run, use, parameters)).toEqual([2]);
  });

  test.for<[string, string, string, string?]>([
    [
      "that reads the body",
      "run(c.signal)",
      "return await within(async (s) => (await fetch(url, { signal: s })).json());",
    ],
    ["that gives nothing", "run(c.signal)", "await within((s) => { fetch(url, { signal: s }); });"],
    [
      "whose response only tells its status",
      "run(c.signal)",
      "const r = await within((s) => fetch(url, { signal: s })); return r.ok;",
    ],
    ["whose response is not used", "run(c.signal)", "await within((s) => fetch(url, { signal: s }));"],
    ["that nobody knows", "run(c.signal)", "const r = await within(known[url]); return await r.json();"],
    [
      "that asks something else",
      "run(c.signal)",
      "const r = await within((s) => got(url, { signal: s })); return await r.json();",
    ],
    [
      "that is another parameter",
      "run(c.signal)",
      "const r = await within((s) => fetch(url, { signal: s }), log); return await r.json();",
      "other, run",
    ],
    [
      "that is not a parameter",
      "outer(c.signal)",
      "const r = await within((s) => fetch(url, { signal: s })); return await r.json();",
    ],
    [
      "that is a member of a parameter",
      "run.it(c.signal)",
      "const r = await within((s) => fetch(url, { signal: s })); return await r.json();",
    ],
    ["that is not given", "run(c.signal)", "const r = await within(); return await r.json();"],
  ])("is not reported: %s", ([, run, use, parameters]) => {
    expect(lent(run, use, parameters)).toEqual([]);
  });
});

describe("a race", () => {
  const timeout = "new Promise((_, no) => setTimeout(no, 9))";
  const raced = (race: string, rest = "return r.json();", above = ""): number[] =>
    lines(`${above}
export async function get(url) {
 const r = await ${race}; ${rest} }`);

  test.for<[string, string, (string | undefined)?, string?]>([
    ["with the timer first", `Promise.race([${timeout}, fetch(url)])`],
    ["with any", `Promise.any([fetch(url), ${timeout}])`],
    [
      "with a timer that calls",
      "Promise.race([fetch(url), new Promise((_, no) => setTimeout(() => no(new Error()), 9))])",
    ],
    ["with a timer that fulfils", "Promise.race([fetch(url), new Promise((yes) => setTimeout(yes, 9))])"],
    ["with a timer in a variable", "Promise.race([fetch(url), late])", undefined, `const late = ${timeout};`],
    [
      "with a timer that a function makes",
      "Promise.race([fetch(url), late(9)])",
      undefined,
      "const late = (ms) => new Promise((_, no) => setTimeout(no, ms));",
    ],
    ["and the response is given to whoever called", `Promise.race([fetch(url), ${timeout}])`, "return r;"],
    ["of a request whose failure is caught", `Promise.race([fetch(url).catch(log), ${timeout}])`],
    ["of a request that a chain hands on", `Promise.race([fetch(url).then((r) => r), ${timeout}])`],
    ["and a chain reads the body", `Promise.race([fetch(url), ${timeout}]).then((r) => r.json())`, "return r;"],
    ["of a request with options", `Promise.race([fetch(url, { method: "POST" }), ${timeout}])`],
    [
      "of a helper that is written as a function",
      "within(9, fetch(url))",
      undefined,
      `async function within(ms, p) { return await Promise.race([p, ${timeout}]); }`,
    ],
    [
      "of a helper that hands on what comes",
      "within(fetch(url))",
      undefined,
      `const within = (p) => Promise.race([p, ${timeout}]).finally(log);`,
    ],
  ])("is reported: %s", ([, race, rest, above]) => {
    expect(raced(race, rest, above)).toEqual([3]);
  });

  test.for<[string, string, (string | undefined)?, string?]>([
    ["of three", `Promise.race([fetch(url), ${timeout}, stopped])`],
    ["of one", "Promise.race([fetch(url)])"],
    ["with a hole", "Promise.race([fetch(url), ,])"],
    ["with something else", "Promise.race([fetch(url), stopped])"],
    ["of something else", `Promise.race([got(url), ${timeout}])`],
    ["of a list", "Promise.race(all)", undefined, `const all = [fetch(1), ${timeout}];`],
    ["that is none", `Promise.all([fetch(url), ${timeout}])`],
    ["whose response only tells its status", `Promise.race([fetch(url), ${timeout}])`, "return r.ok;"],
    ["of the body", `Promise.race([fetch(url).then((r) => r.json()), ${timeout}])`, "return r;"],
    ["of a request with a signal", `Promise.race([fetch(url, { signal }), ${timeout}])`],
    ["of a HEAD request", `Promise.race([fetch(url, { method: "HEAD" }), ${timeout}])`],
    ["of a request with a limit", `Promise.race([fetch(url, { bodyTimeout: 9 }), ${timeout}])`],
    ["of events", `Promise.race([fetch(url, { headers: { accept: "text/event-stream" } }), ${timeout}])`],
    [
      "of a helper, for something else",
      "within(got(url))",
      undefined,
      `const within = (p) => Promise.race([p, ${timeout}]);`,
    ],
    [
      "of a helper that is given nothing",
      "within(fetch(url))",
      undefined,
      `const within = (n, p) => Promise.race([p, ${timeout}]);`,
    ],
    [
      "of a helper with another one",
      "within(fetch(url))",
      undefined,
      "const within = (p) => Promise.race([p, stopped]);",
    ],
    [
      "of a helper that races something of its own",
      "within(fetch(url))",
      undefined,
      `const within = (p) => Promise.race([other, ${timeout}]);`,
    ],
    ["of a helper that does not race", "within(fetch(url))", undefined, `const within = (p) => [p, ${timeout}];`],
  ])("is not reported: %s", ([, race, rest, above]) => {
    expect(raced(race, rest, above)).toEqual([]);
  });
});

describe("where the deadline ends", () => {
  const call = "fetch(url, { signal: controller.signal })";
  const stop = "const stop = () => clearTimeout(timer);";

  test.for<[string, string]>([
    [
      "in a link that reads the body after it",
      `return ${call}.then((r) => { clearTimeout(timer); return r.json(); });`,
    ],
    [
      "in a link before the one that reads",
      `return ${call}.then((r) => { clearTimeout(timer); return r; }).then((r) => r.json());`,
    ],
    [
      "in a link after one that hands on the response",
      `return ${call}.then((r) => { if (!r.ok) throw 1; return r; }).then((r) => { clearTimeout(timer); return r.text(); });`,
    ],
    ["in a link after a failure was caught", `return ${call}.catch(retry).finally(() => clearTimeout(timer));`],
    [
      "in a chain that is awaited",
      `const r = await ${call}.finally(() => clearTimeout(timer)); return await r.text();`,
    ],
    ["in a chain with a function of the file", `${stop} const r = await ${call}.finally(stop); return await r.text();`],
    ["in a chain that is kept", `const p = ${call}.finally(() => clearTimeout(timer)); return (await p).text();`],
    [
      "in a chain beside",
      `const p = ${call}; p.finally(() => clearTimeout(timer)); const r = await p; return await r.text();`,
    ],
    [
      "where one of several has come",
      `const [a, b] = await Promise.all([${call}, other]); clearTimeout(timer); return await a.text();`,
    ],
    [
      "where the second of several has come",
      `const [a, b] = await Promise.all([other, ${call}]); clearTimeout(timer); return await b.text();`,
    ],
    [
      "after a promise that was kept",
      `const p = ${call}; log(); const r = await p; clearTimeout(timer); return await r.text();`,
    ],
    ["after a variable that was set", `let r; r = await ${call}; clearTimeout(timer); return await r.text();`],
    [
      "where the answer is no success",
      `const r = await ${call}; if (!r.ok) { clearTimeout(timer); return await r.text(); } const j = await r.json(); clearTimeout(timer); return j;`,
    ],
    ["where the answer is a success", `const r = await ${call}; if (r.ok) clearTimeout(timer); return await r.text();`],
    ["after a read that has only begun", `const r = await ${call}; r.body.pipe(file); clearTimeout(timer);`],
    [
      "before a read that was begun is over",
      `const r = await ${call}; const text = r.text(); clearTimeout(timer); return await text;`,
    ],
    [
      "before a reader has read",
      `const r = await ${call}; const reader = r.body.getReader(); clearTimeout(timer); return await reader.read();`,
    ],
    ["after one of two reads", `const r = await ${call}; if (url) await r.text(); clearTimeout(timer); return r;`],
    ["in a function that is called", `${stop} const r = await ${call}; stop(); return await r.text();`],
    [
      "in an inner function that gets the response",
      `const get = async () => { const r = await ${call}; clearTimeout(timer); return r.text(); }; return await get();`,
    ],
    [
      "after each of several requests",
      `for (const one of url) { const r = await fetch(one, { signal: controller.signal }); clearTimeout(timer); await r.text(); }`,
    ],
    ["with another turn after it", `for (;;) { const r = await ${call}; clearTimeout(timer); if (r.ok) return r; }`],
    [
      "though a timer for something else is set",
      `const r = await ${call}; clearTimeout(timer); const next = setTimeout(() => other.abort(), 9); const t = await r.text(); clearTimeout(next); return t;`,
    ],
    [
      "in a link before failures are caught",
      `return ${call}.finally(() => clearTimeout(timer)).catch((e) => { log(e); }).then((r) => r.json());`,
    ],
    [
      "where one of several uses shows what the client is",
      "const r = await client.get(url, { signal: controller.signal }); clearTimeout(timer); if (r.ok) return await r.json(); throw new Failure(r);",
    ],
  ])("is reported: %s", ([, body]) => {
    expect(lines(timed(body))).toEqual([5]);
  });

  test.for<[string, string]>([
    [
      "in a link after the one that reads",
      `return ${call}.then((r) => r.json()).then((j) => { clearTimeout(timer); return j; });`,
    ],
    [
      "in a link that has read",
      `return ${call}.then(async (r) => { const t = await r.text(); clearTimeout(timer); return t; });`,
    ],
    ["in a link that drops the response", `return ${call}.then(() => { clearTimeout(timer); });`],
    ["in a link that only asks", `return ${call}.then((r) => { clearTimeout(timer); return r.ok; });`],
    ["in a link for failures", `const r = await ${call}.catch(() => clearTimeout(timer)); return await r.text();`],
    [
      "in the second function of a link",
      `const r = await ${call}.then((r) => r, () => clearTimeout(timer)); return await r.text();`,
    ],
    [
      "in a function that a link makes",
      `return ${call}.then((r) => { later(() => clearTimeout(timer)); return r.text(); });`,
    ],
    ["in a chain that only asks", `const r = await ${call}.finally(() => clearTimeout(timer)); return r.ok;`],
    [
      "in a link after the read of a chain that is kept",
      `const p = ${call}.then((r) => r.text()); return p.finally(() => clearTimeout(timer));`,
    ],
    [
      "after the read of a chain that is kept",
      `const p = ${call}.then((r) => r.text()); const t = await p; clearTimeout(timer); return t;`,
    ],
    ["in a chain after the body", `const r = await ${call}; return r.json().finally(() => clearTimeout(timer));`],
    [
      "where another one of several is read",
      `const [a, b] = await Promise.all([${call}, other]); clearTimeout(timer); return await b.text();`,
    ],
    [
      "where one of several is left out",
      `const [, b] = await Promise.all([${call}, other]); clearTimeout(timer); return await b.text();`,
    ],
    ["before the request", `clearTimeout(timer); const r = await ${call}; return await r.text();`],
    [
      "where there is no response",
      `const r = await ${call}.catch(() => undefined); if (!r) { clearTimeout(timer); return; } const t = await r.text(); clearTimeout(timer); return t;`,
    ],
    [
      "where the request has failed",
      `let r; try { r = await ${call}; } catch (e) { clearTimeout(timer); throw e; } const t = await r.text(); clearTimeout(timer); return t;`,
    ],
    [
      "after the body was looped over",
      `const r = await ${call}; for await (const part of r.body) use(part); clearTimeout(timer); return 1;`,
    ],
    [
      "after a read that was begun is over",
      `const r = await ${call}; const text = r.text(); const t = await text; clearTimeout(timer); return t;`,
    ],
    ["after a pipeline", `const r = await ${call}; await pipeline(r.body, file); clearTimeout(timer); return 1;`],
    [
      "after both ways to read",
      `const r = await ${call}; const t = r.ok ? await r.json() : await r.text(); clearTimeout(timer); return t;`,
    ],
    [
      "after all reads",
      `const r = await ${call}; const t = await Promise.all([r.text(), other]); clearTimeout(timer); return t;`,
    ],
    [
      "after all reads that were begun",
      `const r = await ${call}; const text = r.text(); const t = await Promise.all([text, other]); clearTimeout(timer); return t;`,
    ],
    [
      "after all pipelines",
      `const r = await ${call}; await Promise.all([pipeline(r.body, file), other]); clearTimeout(timer); return 1;`,
    ],
    [
      "in finally after the read",
      `try { const r = await ${call}; return await r.json(); } finally { clearTimeout(timer); }`,
    ],
    ["in a function that nobody calls", `${stop} const r = await ${call}; return await r.text();`],
    [
      "in a function that is called after the read",
      `${stop} const r = await ${call}; const t = await r.text(); stop(); return t;`,
    ],
    ["at the end of the body", `${stop} const r = await ${call}; r.body.on("end", stop); return r;`],
    [
      "at the end of the body, in its own function",
      `const r = await ${call}; r.body.on("end", () => clearTimeout(timer)); return r;`,
    ],
    [
      "when somebody else aborts",
      `${stop} const r = await ${call}; outer.addEventListener("abort", stop); return await r.text();`,
    ],
    [
      "after each of several bodies",
      `for (const one of url) { const r = await fetch(one, { signal: controller.signal }); await r.text(); clearTimeout(timer); }`,
    ],
    [
      "where it is set again",
      `const r = await ${call}; clearTimeout(timer); const next = setTimeout(() => controller.abort(), 9); const t = await r.text(); clearTimeout(next); return t;`,
    ],
    [
      "in a function that sets it again",
      `let late; const start = () => { clearTimeout(late); late = setTimeout(() => controller.abort(), 9); }; start(); const r = await ${call}; start(); const t = await r.text(); clearTimeout(late); return t;`,
    ],
    [
      "in a link before one that only asks",
      `return ${call}.then((r) => r).finally(() => clearTimeout(timer)).then((r) => r.ok);`,
    ],
    [
      "in a link that gives the failure",
      `const r = await ${call}.catch((e) => { clearTimeout(timer); return e; }); return await r.text();`,
    ],
    [
      "where no member of the response is known",
      "const r = await client.get(url, { signal: controller.signal }); clearTimeout(timer); return r[how]();",
    ],
  ])("is not reported: %s", ([, body]) => {
    expect(lines(timed(body))).toEqual([]);
  });

  const kinds = (body: string): string[] =>
    lint(timed(body), options).map(({ message }) => {
      if (message.includes("ends the deadline at once")) return "early";
      if (message.includes("so `finally` runs at once")) return "unawaited";
      return message.includes("Whoever gets the response") ? "handed" : "read";
    });

  test.for<[string, string, string]>([
    ["a promise that is returned", "early", `try { return ${call}; } finally { clearTimeout(timer); }`],
    [
      "a promise that is returned on a condition",
      "early",
      `try { if (url) { return ${call}; } } finally { clearTimeout(timer); } return 1;`,
    ],
    [
      "a promise in a try that catches",
      "early",
      `try { try { return ${call}; } catch { log(); } } finally { clearTimeout(timer); }`,
    ],
    [
      "a promise in a try with another finally",
      "early",
      `try { try { return ${call}; } finally { log(); } } finally { clearTimeout(timer); }`,
    ],
    ["a promise in a catch", "early", `try { log(); } catch { return ${call}; } finally { clearTimeout(timer); }`],
    ["a call that is returned", "handed", `const r = await ${call}; clearTimeout(timer); return save(r);`],
    ["a promise of it", "handed", `const r = await ${call}; clearTimeout(timer); return new Promise((yes) => yes(r));`],
    [
      "what else is called yes",
      "read",
      `const r = await ${call}; clearTimeout(timer); new Other((yes) => { x = yes(r); });`,
    ],
    ["an object that is returned", "handed", `const r = await ${call}; clearTimeout(timer); return { inner: { r } };`],
    ["an object that an arrow gives", "handed", `const r = await ${call}; clearTimeout(timer); return () => ({ r });`],
    ["an object that is given away", "read", `const r = await ${call}; clearTimeout(timer); keep({ r });`],
    ["a promise that is awaited", "handed", `try { return await ${call}; } finally { clearTimeout(timer); }`],
    [
      "a response that is returned",
      "handed",
      `try { const r = await ${call}; return r; } finally { clearTimeout(timer); }`,
    ],
    [
      "a read that is returned",
      "unawaited",
      `try { const r = await ${call}; return r.text(); } finally { clearTimeout(timer); }`,
    ],
    [
      "a read with a chain that is returned",
      "unawaited",
      `try { const r = await ${call}; return r.text().then(parse); } finally { clearTimeout(timer); }`,
    ],
    [
      "a read after the try",
      "read",
      `let r; try { r = await ${call}; } finally { clearTimeout(timer); } return r.text();`,
    ],
    ["a read that is returned after the end", "read", `const r = await ${call}; clearTimeout(timer); return r.text();`],
    [
      "a read that is awaited after the end",
      "read",
      `const r = await ${call}; clearTimeout(timer); return await r.text();`,
    ],
  ])("says of %s: %s", ([, kind, body]) => {
    expect(kinds(body)).toEqual([kind]);
  });

  test("and says nothing of a promise that is returned from the end itself", () => {
    expect(kinds(`try { log(); } finally { clearTimeout(timer); return ${call}; }`)).toEqual([]);
    expect(kinds(`if (!url) { clearTimeout(timer); return; } try { return ${call}; } finally { log(); }`)).toEqual([]);
    expect(kinds("try { return client.get(url, controller); } finally { clearTimeout(timer); }")).toEqual([]);
    expect(kinds("try { return client.get({ signal: controller.signal }); } finally { clearTimeout(timer); }")).toEqual(
      [],
    );
    expect(kinds(`try { return run(() => { return ${call}; }); } finally { clearTimeout(timer); }`)).toEqual([]);
  });
});

describe("a function that gives the response", () => {
  const head = (name: string): string => `${name}(url) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 1000);
  try { return await fetch(url, { signal: controller.signal }); } finally {
  clearTimeout(timer); } }`;

  test.for<[string, string, number[]]>([
    ["and nobody calls it", "", [5]],
    ["and a status is looked at", "console.log((await load(1)).status);", []],
    ["and a status is looked at later", "const r = await load(1); console.log(r.ok);", []],
    ["and a status is looked at in a chain", "load(1).then((r) => console.log(r.ok));", []],
    ["and the body is read", "const r = await load(1); await r.text();", [5]],
    [
      "and the body is read in one of two places",
      "const r = await load(1); log(r.ok); const s = await load(2); await s.text();",
      [5],
    ],
    ["and others have it", "const r = await load(1); log(r.ok); keep(load);", [5]],
  ])("is judged by its calls: %s", ([, rest, expected]) => {
    expect(lines(`${head("async function load")} ${rest}`)).toEqual(expected);
  });

  test.for<[string, string, string, number[]]>([
    ["a private one", "async #load", "async ok() { return (await this.#load(1)).ok; }", []],
    ["a private one whose body is read", "async #load", "async text() { return (await this.#load(1)).text(); }", [5]],
    ["a private one that nobody calls", "async #load", "", [5]],
    ["one that is called private", "private async load", "async ok() { return (await this.load(1)).ok; }", []],
    ["one that is called protected", "protected async load", "async ok() { return (await this.load(1)).ok; }", [5]],
    ["a public one", "async load", "async ok() { return (await this.load(1)).ok; }", [5]],
  ])("of a class: %s", ([, name, rest, expected]) => {
    expect(lines(`class A { ${head(name)} ${rest} }`)).toEqual(expected);
  });
});
