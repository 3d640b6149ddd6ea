import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";
import type { LintOptions } from "./lint.ts";

const plain: LintOptions = { rules: { "tailrace/consume-body": "error" } };
const strict: LintOptions = { rules: { "tailrace/consume-body": ["error", { strict: true }] } };

const lines = (code: string, options: Parameters<typeof lint>[1] = plain): number[] =>
  lint(code, options).map(({ line }) => line);

const undici = (body: string): string => `import { request, fetch, Pool, Client, Agent } from "undici";\n${body}`;
const http = (body: string): string => `import http from "node:http"; import https from "node:https";\n${body}`;

describe("reports the place at which a path leaves the body", () => {
  test.for<[string, string, number[]]>([
    [
      "a promise of a response that is let through only elsewhere",
      http(
        "const ask = (u) => new Promise((resolve, reject) => { http.get(u, (res) => { if (res.statusCode === 500) { res.resume(); reject(); return; } resolve(res); }); });\nasync function a(u) { const res = await ask(u);\n if (res.statusCode !== 200) throw new Error();\n for await (const c of res) use(c); }",
      ),
      [4],
    ],
    [
      "a throw",
      undici(
        "async function a(u) { const r = await request(u);\n if (r.statusCode !== 200) throw new Error();\n return r.body.text(); }",
      ),
      [3],
    ],
    [
      "a return, with the body taken out",
      undici(
        "async function a(u) { const { statusCode, body } = await request(u);\n if (statusCode === 404) return null;\n return body.json(); }",
      ),
      [3],
    ],
    [
      "each of several",
      undici(
        "async function a(u) { const { statusCode, body } = await request(u);\n switch (statusCode) { case 200: return body.json();\n case 404: return null;\n default: throw new Error(); } }",
      ),
      [4, 5],
    ],
    [
      "a throw behind the branch that reads",
      undici(
        "const a = (u) => request(u).then((r) => {\n if (r.statusCode === 200) return r.body.json();\n throw new Error(); });",
      ),
      [4],
    ],
    [
      "a branch without an end of its own",
      undici(
        "async function a(u) { const r = await request(u); let data;\n if (r.statusCode === 200) data = await r.body.json();\n return data; }",
      ),
      [3],
    ],
    [
      "the other side of a conditional expression",
      undici("const a = (u) => request(u).then((r) =>\n r.statusCode === 200 ? r.body.json() : null);"),
      [3],
    ],
    [
      "a turn that is given up",
      undici(
        "async function a(us) { for (const u of us) { const r = await request(u);\n if (r.statusCode !== 200) continue;\n await r.body.text(); } }",
      ),
      [3],
    ],
    [
      "a turn that forgets what came before",
      undici(
        "async function a(u) { let r;\n for (let i = 0; i < 3; i++) { r = await request(u);\n if (r.statusCode === 200) break;\n }\n return r.body.text(); }",
      ),
      [4],
    ],
    [
      "a redirect that takes its name",
      undici(
        "async function a(u) { let r = await request(u);\n while (r.statusCode === 302) { r = await request(r.headers.location); }\n return r.body.text(); }",
      ),
      [3],
    ],
    [
      "the throw, where it is caught without the body",
      undici(
        "async function a(u) { const r = await request(u); try {\n if (r.statusCode !== 200) throw new Error();\n return await r.body.text(); } catch { return null; } }",
      ),
      [3],
    ],
    [
      "the throw of a helper that checks",
      undici(
        "function ok(r) {\n if (r.statusCode !== 200) throw new Error(); }\nasync function a(u) { const r = await request(u); ok(r); return r.body.text(); }",
      ),
      [3],
    ],
    [
      "the return of a helper that reads only sometimes",
      undici(
        "async function read(r) { if (r.statusCode === 200) return r.body.json();\n return undefined; }\nasync function a(u) { const r = await request(u); return read(r); }",
      ),
      [3],
    ],
    [
      "of a callback",
      http(
        "http.get(u, (res) => {\n if (res.statusCode >= 300) return again(res.headers.location);\n res.pipe(process.stdout); });",
      ),
      [3],
    ],
    [
      "of a listener",
      http(
        'const req = https.request(u); req.on("response", (res) => {\n if (res.statusCode !== 200) { fail();\n return; }\n res.on("data", f); }); req.end();',
      ),
      [4],
    ],
    [
      "of one of two modules",
      http(
        "const lib = secure ? https : http; lib.get(u, (res) => {\n if (res.statusCode !== 200) throw new Error();\n res.resume(); });",
      ),
      [3],
    ],
    [
      "a response that a helper opens",
      undici(
        "const open = async (u) => { const r = await request(u); return r; };\nasync function a(u) { const r = await open(u);\n if (r.statusCode !== 200) throw new Error();\n return r.body.text(); }",
      ),
      [4],
    ],
    [
      "of a method",
      undici(
        "class A { #pool = new Pool(o); #get(path) { return this.#pool.request({ path, method: 'GET' }); }\n async load(path) { const { statusCode, body } = await this.#get(path);\n if (statusCode !== 200) throw new Error();\n return body.json(); } }",
      ),
      [4],
    ],
    [
      "of a fetch with a bounded dispatcher",
      undici(
        "const dispatcher = new Agent({ connections: 5 });\nasync function a(u) { const r = await fetch(u, { dispatcher });\n if (!r.ok) throw new Error();\n return r.json(); }",
      ),
      [4],
    ],
    [
      "of a fetch, where the global dispatcher is bounded",
      `import { setGlobalDispatcher, Agent } from "undici"; setGlobalDispatcher(new Agent({ connections: 4 }));\nasync function a(u) { const r = await fetch(u);\n if (!r.ok) throw new Error();\n return r.json(); }`,
      [3],
    ],
    [
      "of a node-fetch with an agent",
      `import fetch from "node-fetch"; import http from "node:http"; const agent = new http.Agent({ maxSockets: 2 });\nasync function a(u) { const r = await fetch(u, { agent });\n if (!r.ok) throw new Error();\n return r.json(); }`,
      [3],
    ],
    [
      "of a fetch with a composed dispatcher",
      undici(
        "const dispatcher = new Agent({ connections: 5 }).compose(retry());\nasync function a(u) { const r = await fetch(u, { dispatcher });\n if (!r.ok) throw new Error();\n return r.json(); }",
      ),
      [4],
    ],
    [
      "of what is tried again from the top of a program",
      undici(
        "async function a(u) { const r = await request(u);\n if (r.statusCode !== 200) throw new Error();\n return r.body.text(); }\nfor (;;) await a(u).catch(() => {});",
      ),
      [3],
    ],
    [
      "of an object of S3",
      `import { S3, GetObjectCommand } from "@aws-sdk/client-s3"; const s3 = new S3({});\nasync function a(Key) { const command = new GetObjectCommand({ Key }); const o = await s3.send(command);\n if (!o.ContentLength) return;\n return o.Body.transformToString(); }\nasync function b(Key) { const o = await s3.getObject({ Key }); return o.ETag; }`,
      [3, 5],
    ],
    [
      "of a stream of axios",
      `import axios from "axios";\nasync function a(u) { const { data, headers } = await axios({ url: u, responseType: "stream" });\n if (!headers.etag) throw new Error();\n return data; }`,
      [3],
    ],
    [
      "of an awaited event",
      `import { once } from "node:events"; import { request } from "node:http";\nasync function a(u) { const req = request(u).end(); const [res] = await once(req, "response");\n if (res.statusCode !== 200) throw new Error();\n for await (const chunk of res) use(chunk); }`,
      [3],
    ],
  ])("%s", ([, code, expected]) => {
    expect(lines(code)).toEqual(expected);
  });
});

describe("reports the request where no path reads the body", () => {
  test.for<[string, string, number[]]>([
    ["and nobody takes the response", undici("export async function a(u) {\n await request(u); }"), [3]],
    ["and nobody waits for it", undici("export function a(u) {\n void request(u).catch(() => {}); }"), [3]],
    ["but the status", undici("const a = async (u) =>\n (await request(u)).statusCode;"), [3]],
    ["but the status, in a chain", undici("const a = (u) =>\n request(u).then(({ statusCode }) => statusCode);"), [3]],
    ["and the callback takes nothing", http("http.get(u,\n () => done());"), [2]],
    ["and only its end is waited for", http('http.get(u, (res) => { res.on("end", done); });'), [2]],
    [
      "and the pool calls back",
      undici("const pool = new Pool(o); pool.request({ path }, (error, data) => { use(data.statusCode); });"),
      [2],
    ],
    [
      "but keeps it unseen",
      undici("const kept = []; async function a(u) { const r = await request(u); kept.push(r); return r.statusCode; }"),
      [2],
    ],
    [
      "of several that are awaited together",
      undici(
        "async function a() {\n const [one, two] = await Promise.all([request(u), request(v)]);\n return one.statusCode + (await two.body.text()); }",
      ),
      [3],
    ],
    [
      "where the event is named in CommonJS",
      `const http = require("http"); http.get(u, (res) => console.log(res.statusCode));`,
      [1],
    ],
  ])("%s", ([, code, expected]) => {
    expect(lines(code)).toEqual(expected);
  });
});

describe("reports responses that are gathered where there are too few connections", () => {
  test.for<[string, string, number[]]>([
    [
      "by a map",
      "async function a(us) {\n const rs = await Promise.all(us.map((path) => pool.request({ path, method: 'GET' })));\n return rs; }",
      [3],
    ],
    [
      "by a loop",
      "async function a(us) { const rs = []; for (const path of us) {\n rs.push(await pool.request({ path, method: 'GET' }));\n } for (const r of rs) await r.body.text(); }",
      [3],
    ],
    [
      "by a second request over the only one",
      "const client = new Client(o); async function a() { const one = await client.request({ path });\n const two = await client.request({ path });\n return [await one.body.text(), await two.body.text()]; }",
      [3],
    ],
  ])("%s", ([, code, expected]) => {
    expect(lines(undici(`const pool = new Pool(o, { connections: 2 }); ${code}`))).toEqual(expected);
  });
});

describe("reports nothing", () => {
  test.for<[string, string]>([
    [
      "where a name is found to be HEAD",
      undici('async function a(u, method) { if (method === "HEAD") { await request(u, { method }); } }'),
    ],
    ["of a callback that only fails", http('http.get(u, () => assert.fail("no")).on("error", done);')],
    ["of a callback that only throws", http("http.get(u, () => { throw new Error(); }).on('error', done);")],
    ["of a chain that only fails", undici("request(u).then(() => { done(new TypeError('no')); }, use);")],
    [
      "where the promise is given what is let through afterwards",
      http(
        "const ask = (u) => new Promise((resolve) => { http.get(u, (res) => { resolve(res); res.resume(); }); });\nconst a = async (u) => { const res = await ask(u); use(res.statusCode); };",
      ),
    ],
    ["of HEAD", undici("const a = async (u) => (await request(u, { method: 'HEAD' })).statusCode;")],
    [
      "where there is no body",
      undici(
        "async function a(u) { const r = await request(u); if (r.statusCode === 204) return; return r.body.text(); }",
      ),
    ],
    [
      "where a list of statuses says so",
      undici(
        "async function a(u) { const r = await request(u); if ([204, 304].includes(r.statusCode)) return; return r.body.text(); }",
      ),
    ],
    [
      "of an optional body",
      undici("async function a(u) { const { body } = await request(u); return JSON.parse(await body?.text()); }"),
    ],
    [
      "where the response is returned",
      undici("export const a = async (u) => { const r = await request(u); return r; };"),
    ],
    ["where it is thrown", undici("async function a(u) { const r = await request(u); throw new HttpError(r); }")],
    ["where it is stored", undici("async function a(u) { this.last = await request(u); }")],
    ["where it is given away", undici("async function a(u) { const r = await request(u); await handle(r); }")],
    [
      "where its body is",
      undici("async function a(u) { const { body } = await request(u); return new Wrapper(body); }"),
    ],
    [
      "where the rest of it is",
      undici("async function a(u) { const { statusCode, ...rest } = await request(u); return rest; }"),
    ],
    [
      "where a closure may read it",
      undici("async function a(u) { const r = await request(u); return () => r.body.text(); }"),
    ],
    [
      "where a condition is asked twice",
      undici(
        "async function a(u) { const { statusCode, body } = await request(u); if (statusCode >= 400) await body.dump(); log(); if (statusCode < 400) return body.json(); }",
      ),
    ],
    ["where nobody listens", http("http.get(u); http.request(u).end();")],
    ["where the argument may listen", http("function a(u, callback) { http.get(u, callback); }")],
    ["where the process ends", http("http.get(u, (res) => process.exit(res.statusCode === 200 ? 0 : 1));")],
    ["where the socket is destroyed", http("http.get(u, (res) => { res.socket.destroy(); });")],
    [
      "where the request is",
      http("const req = http.get(u, (res) => done(res.statusCode)); req.setTimeout(9, () => req.destroy());"),
    ],
    ["where a signal ends it", http("http.get(u, { signal: AbortSignal.timeout(9) }, (res) => done(res.statusCode));")],
    [
      "where it is thrown at the top of a program",
      undici(
        "const r = await request(u); if (r.statusCode !== 200) throw new Error(); console.log(await r.body.text());",
      ),
    ],
    [
      "where an error ends the program",
      undici(
        "async function main() { const r = await request(u); if (r.statusCode !== 200) throw new Error(); use(await r.body.text()); }\nmain().catch(() => process.exit(1));",
      ),
    ],
    [
      "of another function of that name",
      "import { request } from './own.js'; const a = async (u) => (await request(u)).statusCode;",
    ],
    ["of a name of one's own", "function fetch() {} export async function a(u) { await fetch(u); }"],
    [
      "of a fetch, without strict",
      "export async function a(u) { const r = await fetch(u); if (!r.ok) throw new Error(); return r.json(); }",
    ],
    [
      "of an unbounded agent",
      undici(
        "const dispatcher = new Agent(); export async function a(u) { const r = await fetch(u, { dispatcher }); return r.ok; }",
      ),
    ],
    ["of a buffered client", "import axios from 'axios'; export const a = async (u) => (await axios.get(u)).status;"],
    ["in a test", `import { test } from "vitest"; ${undici('test("x", async () => { await request(u); });')}`],
    [
      "of as many as there are connections",
      undici(
        "const pool = new Pool(o, { connections: 2 }); const rs = await Promise.all(['/a', '/b'].map((path) => pool.request({ path }))); for (const r of rs) await r.body.text();",
      ),
    ],
    [
      "of what is not a program that runs",
      undici("async function a([, b] = [], ...c) { const { [b]: d } = await request(...c); return d; }"),
    ],
  ])("%s", ([, code]) => {
    expect(lines(code)).toEqual([]);
  });
});

describe("strict", () => {
  test("reports the error branch of every fetch", () => {
    const code = "async function a(u) { const r = await fetch(u);\n if (!r.ok) throw new Error();\n return r.json(); }";
    expect(lines(code, strict)).toEqual([2]);
  });

  test.for<[string, string]>([
    ["in a test", 'it("x", async () => { await fetch(u); });'],
    ["in a test that runs under a condition", 'test.runIf(c)("x", async () => { await fetch(u); });'],
    ["in a test of a test", 'const test = t.test; test("x", async (t) => { await fetch(u); });'],
    [
      "in a test of playwright",
      'import { test as it } from "@playwright/test"; it("x", async () => { await fetch(u); });',
    ],
    ["whose answers are made up", 'import nock from "nock"; nock(u).get("/").reply(200); await fetch(u);'],
    ["of an address that only a page has", 'const a = async () => (await fetch("/api/me")).status;'],
    ["of such an address with a part", "const a = async (id) => (await fetch(`/api/users/${id}`)).status;"],
    ["in a page", "const a = async (u) => { await fetch(u); window.close(); };"],
    ["in a worker", "export default { async fetch(request) { await fetch(u); return new Response(); } };"],
    [
      "beside a module of workers",
      'import { env } from "cloudflare:workers"; const a = async (u) => (await fetch(u)).status;',
    ],
    [
      "of a step whose error ends the process",
      "async function step(u) { const r = await fetch(u); if (!r.ok) throw new Error(); return r.json(); }\nasync function main() { await step(u); }\nawait main();",
    ],
  ])("but none %s", ([, code]) => {
    expect(lines(code, strict)).toEqual([]);
  });

  test("of what runs in a browser only among others", () => {
    const code =
      "const where = typeof window === 'undefined' ? 'node' : window.name;\nasync function a(u) { const r = await fetch(u);\n if (!r.ok) throw new Error(where); return r.json(); }";
    expect(lines(code, strict)).toEqual([3]);
  });

  test("of a step whose error is caught", () => {
    const code =
      "async function step(u) { const r = await fetch(u);\n if (!r.ok) throw new Error(); return r.json(); }\nasync function main() { for (const u of all) try { await step(u); } catch {} }\nawait main();";
    expect(lines(code, strict)).toEqual([2]);
  });

  test("in a test where the only connection is at stake", () => {
    const code = undici(
      'it("x", async () => { const client = new Client(u);\n await client.request({ path, method }); });',
    );
    expect(lines(code, strict)).toEqual([3]);
  });
});

describe("says what waits, and what to write", () => {
  test("where each turn has its own client, nothing waits for another's connection", () => {
    const code = undici(
      "async function a(all) { for (const u of all) { const client = new Client(u); if (u.x) {\n await client.request({ path: '/x' }); } else {\n await client.request({ path: '/' }); } } }",
    );
    const messages = lint(code, plain).map(({ message }) => message);
    expect(messages).toHaveLength(2);
    expect(messages.join()).not.toContain("needs the connection");
  });

  test("with the line of the request and the number of connections", () => {
    const code = undici(
      "const pool = new Pool(o, { connections: 7 });\nasync function a(path) { const { statusCode, body } = await pool.request({ path, method: 'GET' });\n  if (statusCode !== 200) throw new Error('no');\n  return body.json(); }",
    );
    expect(lint(code, plain)[0]?.message).toBe(
      "`throw new Error('no')` leaves the body of the response to `pool.request({ path, method: 'GET' })` (line 3) unread: a body of more than 64 KiB keeps its connection, and when 7 are kept like that, the next request waits without end. Read it, or call `await body.dump();` before it.",
    );
  });

  test("where nobody reads at all", () => {
    expect(lint(http("http.get(u, (res) => done(res.statusCode));"), plain)[0]?.message).toBe(
      "Nobody reads the body of the response to `http.get(u, (res) => done(res.statusCode))`, gives it up or hands it on: a body of any size keeps its connection as long as the server does: sockets pile up, and where their number is bounded, the next request waits without end. Where only the status matters, call `res.resume();`.",
    );
  });
});

describe("suggests to give up the body", () => {
  const repaired = (code: string): string | undefined => lint(code, plain)[0]?.suggestions[0];

  test.for<[string, string, string]>([
    [
      "before a throw",
      "if (r.statusCode !== 200) throw new Error();",
      "if (r.statusCode !== 200) { await r.body.dump(); throw new Error(); }",
    ],
    [
      "in a block",
      "if (r.statusCode !== 200) {\n    throw new Error();\n  }",
      "if (r.statusCode !== 200) {\n    await r.body.dump();\n    throw new Error();\n  }",
    ],
  ])("%s", ([, branch, expected]) => {
    const program = (text: string): string =>
      undici(`async function a(u) {\n  const r = await request(u);\n  ${text}\n  return r.body.text();\n}`);
    expect(repaired(program(branch))).toBe(program(expected));
  });

  test.for<[string, string, string]>([
    [
      "and takes it out",
      undici("async function a(u) {\n  const { statusCode } = await request(u);\n  return statusCode;\n}"),
      undici(
        "async function a(u) {\n  const { statusCode, body } = await request(u);\n  await body.dump();\n  return statusCode;\n}",
      ),
    ],
    [
      "in a callback",
      http("http.get(u, (res) => done(res.statusCode));"),
      http("http.get(u, (res) => { res.resume(); done(res.statusCode); });"),
    ],
    [
      "and names it",
      http("http.get(u, () => { done(); });"),
      http("http.get(u, (response) => { response.resume(); done(); });"),
    ],
  ])("%s", ([, code, expected]) => {
    expect(repaired(code)).toBe(expected);
  });

  test("not where nothing can be awaited", () => {
    expect(
      repaired(
        undici(
          "const a = (u) => request(u).then((r) => { if (r.statusCode > 299) throw new Error(); return r.body; });",
        ),
      ),
    ).toBeUndefined();
  });
});

describe("knows types", () => {
  test("of a client that comes from elsewhere", () => {
    const files = {
      "client.ts":
        'import http from "node:http"; export const open = (path: string): http.ClientRequest => http.request({ path });',
    };
    const code =
      'import { open } from "./client.ts";\nconst req = open("/a");\nreq.on("response", (res) => { console.log(res.statusCode); });';
    expect(lint(code, { ...plain, files }).length).toBeLessThanOrEqual(1);
  });
});

describe("never fails", () => {
  test.for([
    undici("async function a() { for await (const r of [request(u)]) r; const [[b]] = [await request(u)]; }"),
    undici("await Promise.all([, request(u)]); await Promise.all(us.map(request)); request;"),
    http("http.get(); http.get(...a); http.get(u, ...b); http.request(u, async function* () {});"),
    undici("class A { x = request(u); static { request(u); } async b() { super.request(await this.x); } }"),
    undici("label: for (;;) { const r = await request(u); if (r.statusCode) break label; continue label; }"),
  ])("%s", (code) => {
    expect(() => lint(code, strict)).not.toThrow();
  });
});
