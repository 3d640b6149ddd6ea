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
    [
      "a response that becomes its own body",
      `import { request } from "undici";
let answer: any = await request("https://example.com");
if (answer.statusCode > 200) answer = answer.body;
({ body: answer } = answer);
console.log(answer);`,
    ],
  ])("%s", ([, code]) => {
    expect(lines(code)).toEqual([]);
  });
});

const s3 = (body: string): string =>
  `import { S3Client, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3"; const s3 = new S3Client({});\n${body}`;

describe("knows what makes a request with a body", () => {
  test.for<[string, string, number[]]>([
    [
      "a command that is made where it is sent",
      s3(
        "async function a(Key) { const o = await s3.send(new GetObjectCommand({ Key }));\n if (!o.ContentLength) return;\n return o.Body.transformToString(); }",
      ),
      [3],
    ],
    [
      "a command by the name of its module",
      `import * as aws from "@aws-sdk/client-s3"; const a = async (s3, Key) => (await s3.send(new aws.GetObjectCommand({ Key }))).ETag;`,
      [1],
    ],
    ["no command that puts", s3("const a = async (Body) => (await s3.send(new PutObjectCommand({ Body }))).ETag;"), []],
    ["no command of its own", s3("const a = async (command) => { await s3.send(command); await s3.send(); };"), []],
    [
      "no other method that is given a command",
      s3(
        "const a = (Key) => { void sign(new GetObjectCommand({ Key })); void s3.sign(new GetObjectCommand({ Key })); };",
      ),
      [],
    ],
    [
      "no command of another module",
      `import { S3Client } from "@aws-sdk/client-s3"; import { GetObjectCommand } from "./own.js"; const a = async (s3, Key) => { await s3.send(new GetObjectCommand({ Key })); };`,
      [],
    ],
    [
      "a module that follows redirects",
      `import { https } from "follow-redirects"; https.get(u, (res) => {\n if (res.statusCode !== 200) return;\n res.resume(); });`,
      [2],
    ],
    [
      "no wrapper of such a module",
      `import redirects from "follow-redirects"; redirects.wrap.get(u, (res) => done(res.statusCode));`,
      [],
    ],
    [
      "a function of the module of HTTP",
      `import { get } from "node:http"; get(u, (res) => done(res.statusCode));`,
      [1],
    ],
    [
      "no other member of that module",
      http(
        "http.globalAgent.get(u, (res) => done(res.statusCode)); http.createServer((req, res) => done(res.statusCode));",
      ),
      [],
    ],
    [
      "no choice of another module",
      http(
        "(secure ? https : other).get(u, (res) => done(res.statusCode)); (secure ? other : https).get(u, (res) => done(res.statusCode));",
      ),
      [],
    ],
    [
      "a stream of a method of axios",
      `import axios from "axios";\nasync function a(u, big) { const { data, status } = await axios.get(u, { responseType: big ? "stream" : "text" });\n if (status !== 200) throw new Error();\n return data; }`,
      [3],
    ],
    [
      "a stream of an instance",
      `import axios from "axios"; const api = axios.create({ responseType: "stream" });\nasync function a(u) { const { data, status } = await api.get(u);\n if (status !== 200) throw new Error();\n return data; }`,
      [3],
    ],
    [
      "a stream of an instance that is called",
      `import axios from "axios"; const api = axios.create({ responseType: "stream" });\nasync function a(u) { const { data, status } = await api(u);\n if (status !== 200) throw new Error();\n return data; }`,
      [3],
    ],
    [
      "a stream of an instance in a field",
      `import axios from "axios"; class A { #api = axios.create({ baseURL });\n async a(u) { const { data, status } = await this.#api.get(u, { responseType: "stream" });\n if (status !== 200) throw new Error();\n return data; } }`,
      [3],
    ],
    [
      "no instance that gives text",
      `import axios from "axios"; const api = axios.create({ baseURL, responseType: "text" }); const a = async (u) => (await api.get(u)).status;`,
      [],
    ],
    [
      "nothing else that axios makes",
      `import axios from "axios"; const source = axios.source({ responseType: "stream" }); const a = async (u) => (await source.get(u)).status;`,
      [],
    ],
    [
      "no instance of something else",
      `import axios from "axios"; import own from "own"; const api = own.create({ responseType: "stream" }); const a = async (u) => (await api.get(u, { responseType: "stream" })).status;`,
      [],
    ],
    ["a stream of got", `import got from "got"; const s = got.stream(u);\ns.on("end", done);`, [1]],
    [
      "a stream of got, by its method",
      `import { got } from "got"; const s = got.stream.post(u);\ns.on("end", done);`,
      [1],
    ],
    [
      "a stream of got, by an option",
      `import got from "got"; const s = got(u, { isStream: true });\ns.on("end", done);`,
      [1],
    ],
    [
      "a stream of an instance of got",
      `import got from "got"; const api = got.extend({ headers }); const s = api.stream(u);\ns.on("end", done);`,
      [1],
    ],
    [
      "a stream of such an instance, by an option",
      `import got from "got"; const api = got.extend({ headers }); const s = api(u, { isStream: true });\ns.on("end", done);`,
      [1],
    ],
    [
      "no buffered got",
      `import got from "got"; const a = async (u) => { await got(u); await got(u, { isStream: false }); await got(u, { isStream }); };`,
      [],
    ],
    [
      "no stream of something else",
      `import got from "got"; own.stream(u).on("end", done); got.merge({}).stream(u).on("end", done);`,
      [],
    ],
    [
      "a listener of a stream of got that only fails",
      `import got from "got"; const s = got.stream(u); s.on("response", (r) => {\n if (r.statusCode !== 200) { fail();\n return; }\n s.pipe(out); });`,
      [3],
    ],
    [
      "no head of a stream",
      `import got from "got"; import axios from "axios"; got.stream.head(u).on("end", done); const a = async (u) => (await axios.head(u, { responseType: "stream" })).status;`,
      [],
    ],
    ["no tunnel", http('http.request({ method: "CONNECT" }, (res) => done(res.statusCode));'), []],
    [
      "no method that may be head",
      undici(
        'const a = async (u, head) => (await request(u, { method: head ? "head" : "get" })).statusCode; const b = async (u, m) => (await request(u, { method: m || "HEAD" })).statusCode;',
      ),
      [],
    ],
    [
      "no head in a field",
      undici(
        'class A { options = { "method": "HEAD" }; async a(u) { return (await request(u, this.options)).statusCode; } }',
      ),
      [],
    ],
    [
      "a field that is given something else",
      undici(
        'class A { options = { method: "HEAD" }; set() { this.options = {}; }\n async a(u) { return (await request(u, this.options)).statusCode; } }',
      ),
      [3],
    ],
    [
      "a method that is not head",
      undici('const a = async (u, put) =>\n (await request(u, { ...rest, method: put ? "PUT" : "POST" })).statusCode;'),
      [3],
    ],
    [
      "no method that is found to be one without a body",
      undici('async function a(u, method) { if ("CONNECT" == method) { await request(u, { method }); } }'),
      [],
    ],
    [
      "the other side of finding that",
      undici('async function a(u, method) { if (method === "HEAD") skip();\n else await request(u, { method }); }'),
      [3],
    ],
    [
      "a method that is found not to be that",
      undici('async function a(u, method) { if (method !== "HEAD")\n await request(u, { method }); }'),
      [3],
    ],
    [
      "a method that is found to be another",
      undici('async function a(u, method) { if (method === "GET")\n await request(u, { method }); }'),
      [3],
    ],
    [
      "something else that is found to be that",
      undici('async function a(u, method, own) { if (own === "HEAD")\n await request(u, { method }); }'),
      [3],
    ],
    [
      "a method that only a run can tell",
      undici('async function a(u, own) { if (own() === "HEAD")\n await request(u, { method: own.method() }); }'),
      [3],
    ],
    [
      "a method that is only looked for",
      undici("async function a(u, method) { if (method)\n await request(u, { method }); }"),
      [3],
    ],
  ])("%s", ([, code, expected]) => {
    expect(lines(code)).toEqual(expected);
  });
});

describe("knows what may end a response", () => {
  test.for<[string, string, number[]]>([
    [
      "a signal, but not of a timer that is cleared",
      undici(
        "async function a(u) { const controller = new AbortController(); const timer = setTimeout(() => controller.abort(), 9); other.abort();\n const r = await request(u, { signal: controller.signal }); clearTimeout(timer);\n if (r.statusCode !== 200) throw new Error();\n return r.body.text(); }",
      ),
      [4],
    ],
    [
      "a timer that goes on",
      undici(
        "async function a(u) { const controller = new AbortController(); setTimeout(() => controller.abort(), 9); const r = await request(u, { signal: controller.signal }); clearInterval(timer); if (r.statusCode !== 200) throw new Error(); return r.body.text(); }",
      ),
      [],
    ],
    [
      "a timer that is cleared, and somebody else",
      undici(
        "class A { #controller = new AbortController(); stop() { this.#controller.abort(); } async a(u) { const timer = setTimeout(() => this.#controller.abort(), 9); const r = await request(u, { signal: this.#controller.signal }); clearTimeout(timer); if (r.statusCode !== 200) throw new Error(); return r.body.text(); } }",
      ),
      [],
    ],
    [
      "a controller of others",
      undici(
        "async function a(u, { signal }) { const timer = setTimeout(f, 9); const r = await request(u, { signal }); clearTimeout(timer); if (r.statusCode !== 200) throw new Error(); return r.body.text(); }",
      ),
      [],
    ],
    [
      "a signal of the SDK",
      s3("const a = async (Key) => (await s3.send(new GetObjectCommand({ Key }), { abortSignal })).ETag;"),
      [],
    ],
    ["a timeout of got", `import got from "got"; got.stream(u, { timeout: { request: 9 } }).on("end", done);`, []],
    [
      "no timeout of HTTP, which only tells",
      http("http.get(u, { timeout: 9 },\n (res) => done(res.statusCode));"),
      [2],
    ],
    [
      "the request itself, in its chain",
      http('http.get(u, (res) => done(res.statusCode)).setTimeout(9).on("timeout", function () { this.destroy(); });'),
      [],
    ],
    [
      "the request in a field",
      http("class A { a() { this.req = http.get(u, (res) => done(res.statusCode)); } stop() { this.req.abort(); } }"),
      [],
    ],
    [
      "nothing that is done to something else",
      http('http.get(u, (res) => done(res.statusCode)).on("timeout", () => other.destroy());'),
      [2],
    ],
    [
      "nothing else that is done to the request",
      http(
        'const req = http.get(u, (res) => done(res.statusCode)).on("error", function () { this.emit("x"); }); req.on("timeout", () => req.emit("y"));',
      ),
      [2],
    ],
    [
      "not what is done on one path of the listener",
      http("const req = http.get(u, (res) => { if (res.statusCode === 200) { req.destroy(); return; } done(); });"),
      [2],
    ],
  ])("%s", ([, code, expected]) => {
    expect(lines(code)).toEqual(expected);
  });
});

describe("says how many connections there are", () => {
  const counts = (code: string): (string | undefined)[] =>
    lint(code, plain).map(({ message }) =>
      /(?:when (\w+) are kept|keeps the (only) connection|there are only (\w+))/u.exec(message)?.slice(1).find(Boolean),
    );

  test.for<[string, string, string[]]>([
    ["by a number", "const d = new Agent({ connections: 5 });", ["5"]],
    ["by a number that has a name", "const many = 6; const d = new Agent({ connections: many });", ["6"]],
    ["where only a run can tell", "const d = new Agent({ connections: Number(size) });", ["all"]],
    ["where a text says it", 'const d = new Agent({ connections: "5" });', ["all"]],
    ["where there is one", "const d = new Pool(o, { connections: 1 });", ["only"]],
    ["where there is one client", "const d = new Client(o);", ["only"]],
    ["where a client asks ahead", "const d = new Client(o, { pipelining: 3 });", ["3"]],
    ["within another agent", "const own = new Agent({ connections: 3 }); const d = new RetryAgent(own);", ["3"]],
    [
      "within one that is composed",
      "const own = new Agent({ connections: 3 }); const d = own.compose(retry());",
      ["3"],
    ],
    ["but not where there is no end of them", "const d = new Agent({ connections: null });", []],
    ["but not where it says so", "const d = new Agent({ connections: Infinity });", []],
    ["but not within something unknown", "const d = new RetryAgent(make());", []],
    ["but not of what an agent gives", "const own = new Agent({ connections: 3 }); const d = own.clone();", []],
    ["but not of another option", "const d = new Agent({ pipelining: 3 });", []],
    ["but not of what is no agent", "const d = make({ connections: 3 });", []],
  ])("%s", ([, made, expected]) => {
    expect(
      counts(undici(`${made} async function a(u) { const r = await fetch(u, { dispatcher: d }); return r.ok; }`)),
    ).toEqual(expected);
  });

  test.for<[string, string, (string | undefined)[]]>([
    [
      "of the pool that is asked",
      undici(
        "const pool = new Pool(o, { connections: 4 }); const a = async (path) => (await pool.request({ path })).statusCode;",
      ),
      ["4"],
    ],
    [
      "of the pool in an option",
      undici(
        "const pool = new Pool(o, { connections: 4 }); const a = async (u) => (await request(u, { dispatcher: pool })).statusCode;",
      ),
      ["4"],
    ],
    [
      "of all",
      `import { request, setGlobalDispatcher, Agent } from "undici"; setGlobalDispatcher(new Agent({ connections: 4 })); const a = async (u) => (await request(u)).statusCode;`,
      ["4"],
    ],
    [
      "of all, and another of one's own",
      `import { request, setGlobalDispatcher, Agent } from "undici"; setGlobalDispatcher(new Agent({ connections: 4 })); const a = async (u) => (await request(u, { dispatcher: new Agent({ connections: 2 }) })).statusCode;`,
      ["2"],
    ],
    [
      "but not of all by another function",
      `import { request, Agent } from "undici"; setGlobalDispatcher(new Agent({ connections: 4 })); const a = async (u) => (await request(u)).statusCode;`,
      [undefined],
    ],
    [
      "of an agent of HTTP",
      http(
        "const options = { agent: new http.Agent({ maxSockets: 2 }) }; http.get(u, options, (res) => done(res.statusCode));",
      ),
      ["2"],
    ],
    [
      "of one of several agents",
      `import got from "got"; import https from "node:https"; got.stream(u, { agent: { http: own, https: new https.Agent({ maxSockets: 3 }) } }).on("end", done);`,
      ["3"],
    ],
    [
      "of an agent of axios",
      `import axios from "axios"; import https from "node:https"; const a = async (u) => (await axios.get(u, { responseType: "stream", httpsAgent: new https.Agent({ maxSockets: 3 }) })).status;`,
      ["3"],
    ],
    [
      "of the agent of an instance",
      `import axios from "axios"; import http from "node:http"; const api = axios.create({ httpAgent: new http.Agent({ maxSockets: 3 }) }); const a = async (u) => (await api.get(u, { responseType: "stream" })).status;`,
      ["3"],
    ],
    [
      "of the SDK, where nothing is said",
      s3("const a = async (Key) => (await s3.send(new GetObjectCommand({ Key }))).ETag;"),
      ["50"],
    ],
    [
      "of the SDK, by its handler",
      `import { S3 } from "@aws-sdk/client-s3"; const s3 = new S3({ requestHandler: new NodeHttpHandler({ httpsAgent: new Agent({ maxSockets: 2 }) }) }); const a = async (Key) => (await s3.getObject({ Key })).ETag;`,
      ["2"],
    ],
    [
      "of the SDK, by the options of its handler",
      `import { S3 } from "@aws-sdk/client-s3"; const s3 = new S3({ requestHandler: { httpsAgent: new Agent({ maxSockets: 2 }) } }); const a = async (Key) => (await s3.getObject({ Key })).ETag;`,
      ["2"],
    ],
  ])("%s", ([, code, expected]) => {
    expect(counts(code)).toEqual(expected);
  });
});

describe("knows which conditions mean that there is no body", () => {
  const left = (condition: string): boolean =>
    lines(
      undici(
        `async function a(u, method, max, quiet) { const r = await request(u, { method }); const { body } = r;\n if (${condition}) return;\n return r.body.text(); }`,
      ),
    ).includes(3);

  test.for([
    "r.statusCode === 101",
    "205 == r.statusCode",
    "r.statusCode === 204 || r.statusCode === 304",
    "r.statusCode === 204 && quiet",
    "quiet && r.statusCode === 204",
    "r.statusCode === 204 && u.quiet",
    "!(r.statusCode !== 204 || u.quiet)",
    "!(!(r.statusCode === 204) || !u.quiet)",
    "!(r.statusCode !== 204)",
    "!(r.statusCode != 204 || quiet)",
    "r.statusCode === `204`",
    'method === "HEAD"',
    "method === HEAD",
    "r.statusCode < 300 && method === 'HEAD'",
    "!r.body",
    "!body",
    "!(r.body)",
    "r.body === null",
    "undefined == r.body",
    "r.body == null",
    "!(null != body)",
    'r.headers["content-length"] === "0"',
    'r.headers["Content-Length"] > max',
    'Number(r.headers["content-length"]) === 0',
    'max < r.headers["content-length"] - 1 || isEmpty(r.headers.get("content-length"))',
    'isEmpty(r.headers["content-length"])',
    'none.includes(r.headers["content-length"])',
    '!r.headers["content-length"]',
    "[, 101, 204].includes(r.statusCode)",
    "[404, 204].includes(r.statusCode)",
    "body.bodyUsed",
  ])("nothing is left: %s", (condition) => {
    expect(left(condition)).toBe(false);
  });

  test.for([
    "r.statusCode !== 204",
    "!(r.statusCode === 204)",
    "r.statusCode === 404",
    "r.statusCode >= 204",
    "r.statusCode === 204 || quiet",
    "quiet || r.statusCode === 204",
    "r.statusCode === 204 || u.quiet",
    "!(r.statusCode === 204 && u.quiet)",
    "(r.statusCode === 204) ?? u.quiet",
    "-(r.statusCode === 204)",
    "r.statusCode !== 204 && quiet",
    "(r.statusCode === 204) ?? quiet",
    'method === "GET"',
    "method",
    "r.body",
    "body",
    "r.body !== null",
    "r.headers.etag === null",
    "max === undefined",
    'r.headers["content-type"] === "text/plain"',
    'isText(r.headers["content-type"])',
    "[404, 410].includes(r.statusCode)",
    "![204].includes(r.statusCode)",
    "[204].some(is)",
    "seen.includes(r.statusCode)",
    "includes(r.statusCode)",
    "!body.bodyUsed",
    "r.statusCode",
  ])("it is left: %s", (condition) => {
    expect(left(condition)).toBe(true);
  });
});

describe("knows which conditions mean the same", () => {
  const left = (first: string, second: string): boolean =>
    lines(
      undici(
        `async function a(u, own, other) { const r = await request(u); const code = r.statusCode;\n if (${first}) await r.body.dump();\n log();\n if (${second}) return;\n return r.body.text(); }`,
      ),
    ).includes(5);

  test.for<[string, string]>([
    ["own", "own"],
    ["!own", "!own"],
    ["!own", "!(own)"],
    ["own", "!!own"],
    ["own.flag", "own.flag"],
    ["own", "own && other"],
    ["own || other", "own"],
    ["own || other", "other"],
    ["own.a() || own.flag", "own.flag"],
    ["own.flag || own.a()", "own.flag"],
    ["code !== 200", "r.statusCode !== 200"],
    ["code !== 200", "!(code === 200)"],
    ["code != 200", "!(code == 200)"],
    ["code >= 400", "!(code < 400)"],
    ["code > 399", "!(code <= 399)"],
    ["code < 400", "!(code >= 400)"],
    ["code === own", "code === own"],
    ["code !== own.code", "!(code === own.code)"],
    ["r.context", "r.context"],
  ])("nothing is left: %s, then %s", ([first, second]) => {
    expect(left(first, second)).toBe(false);
  });

  test.for<[string, string]>([
    ["own", "!own"],
    ["!own", "own"],
    ["own", "other"],
    ["own && other", "own"],
    ["own.flag", "own.other"],
    ["code === 200", "code !== 200"],
    ["code === 200", "code === 404"],
    ["code === 200", "own === 200"],
    ["code === 200", "code"],
    ["code >= 400", "code < 400"],
    ["code > 399", "code <= 399"],
    ["code != 200", "code == 200"],
    ["code === own", "code !== own"],
    ["code === own", "code === other"],
    ["code === own()", "code === own()"],
    ["own()", "other()"],
    ["own ?? other", "own"],
  ])("it is left: %s, then %s", ([first, second]) => {
    expect(left(first, second)).toBe(true);
  });

  test.for<[string, string, number[]]>([
    ["where a loop is left", "while (!own.flag) await wait();\n if (!own.flag) return;\n return r.body.text();", []],
    [
      "where a loop is not left so",
      "while (own.flag) await wait();\n if (!own.flag) return;\n return r.body.text();",
      [4],
    ],
    [
      "where a loop is left at its end",
      "do { await wait(); } while (own.flag);\n if (own.flag) return;\n return r.body.text();",
      [],
    ],
    [
      "where only the end of a loop asks",
      "do { await wait(); } while (own);\n if (!own) return;\n return r.body.text();",
      [4],
    ],
    ["where a loop counts", "for (; own.flag;) await wait();\n if (own.flag) return;\n return r.body.text();", []],
    [
      "where it is a choice",
      "const text = own.flag ? await r.body.text() : '';\n if (own.flag) return text;\n return null;",
      [3],
    ],
    [
      "where two choices are the same",
      "const text = own.flag ? await r.body.text() : note();\n if (!own.flag) await r.body.dump();\n return text;",
      [],
    ],
    [
      "where a choice decides nothing",
      "const text = own.flag ? '' : null;\n if (own.flag) await r.body.dump();\n return r.body.text();",
      [],
    ],
    [
      "where a choice of one side does",
      "own.flag ? own : await r.body.text();\n if (own.flag) await r.body.dump();\n return null;",
      [],
    ],
    [
      "where a choice of the other side does",
      "own.flag ? await r.body.text() : own;\n if (!own.flag) await r.body.dump();\n return null;",
      [],
    ],
  ])("%s", ([, text, expected]) => {
    expect(lines(undici(`async function a(u, own) { const r = await request(u);\n ${text} }`))).toEqual(expected);
  });
});

describe("knows cases without a body", () => {
  test.for<[string, string, number[]]>([
    [
      "of statuses that have none",
      "case 204: return null; case 205: return null; case 304: { return null; } default: return r.body.text();",
      [],
    ],
    ["of texts", 'case "204": return null; case `304`: return null; default: return r.body.text();', []],
    [
      "but not of others",
      "case 200: return r.body.text();\n case 404: return null;\n case code: return null;\n default: return null;",
      [4, 5, 6],
    ],
    [
      "but not of those that are alike to others",
      "case 204: case 404: log();\n return null;\n default: return r.body.text();",
      [4],
    ],
  ])("%s", ([, cases, expected]) => {
    expect(
      lines(undici(`async function a(u) { const r = await request(u); switch (r.statusCode) {\n ${cases} } }`)),
    ).toEqual(expected);
  });
});

describe("knows what reads a body, gives it up or hands it on", () => {
  const afterError = (text: string): string =>
    `http.get(u, (res) => { if (res.statusCode !== 200) {\n ${text};\n return; }\n res.resume(); });`;

  test.for([
    "res.connection.end()",
    "end(res.socket)",
    "res.on('data', f)",
    "res.once('readable', f)",
    "res.on(event, f)",
    "res.setEncoding('utf8').on('data', f)",
    "res.on('end', f).on('data', f)",
    "res.pause().pipe(out)",
    "void once(res, 'data')",
    "log(res)",
    "log.console(res)",
    "res.json()",
    "process.exit(1)",
    "process.kill(process.pid)",
    "agent.destroy()",
    "worker.terminate()",
    "server.closeAllConnections()",
    "fail.abort()",
    "fail.destroySoon()",
  ])("as in %s", (text) => {
    expect(lines(http(`import { once } from "node:events"; ${afterError(text)}`))).toEqual([]);
  });

  test.for([
    "res.on('end', f)",
    "res.once('close', f)",
    "res.setEncoding('utf8')",
    "res.pause().on('end', f)",
    "log(res.socket.remoteAddress)",
    "log(res.headers.etag, res.rawHeaders, res.httpVersion, res.statusMessage)",
    "log(res.url, res.method, res.complete, res.aborted, res.trailers)",
    "log(res.destroyed, res.readable, res.closed, res.readableEnded, res.listenerCount('data'))",
    "void once(res, 'end')",
    "console.error(res)",
    "destroy()",
    "process.exitCode = 1",
    "process.emit('exit')",
    "own.exit(1)",
    "process.stdin.setEncoding()",
    "createWriteStream(path).destroy()",
  ])("but not in %s", (text) => {
    expect(
      lines(
        http(`import { once } from "node:events"; import { createWriteStream } from "node:fs"; ${afterError(text)}`),
      ),
    ).toEqual([4]);
  });

  test.for([
    "await r.body.text()",
    "r.body.pipe(out)",
    "for await (const part of r.body) use(part)",
    "r.body?.resume()",
    "const { body } = r; await body.json()",
    "let body; body = r.body; await body.dump()",
    "this.body = r.body",
    "await r.json()",
    "r.body.on('data', f)",
    "r.body.setEncoding('utf8').on('data', f)",
    "pipeline(r.body, out)",
    "const all = [r]; use(all)",
    "const all = []; all.push(r); use(all)",
    "const all = []; all.push(r); use(all[0])",
    "const all = []; all.push(r); for (const one of all) use(one)",
    "const all = []; use(all.push(r))",
    "const all = make(); all.push(r)",
    "const all = own; all.push(r)",
    "let all = []; all = own; all.push(r)",
    "const { all } = { all: [] }; all.push(r)",
    "const all = []; all.concat(r)",
    "const all = []; all.push(r); all.pop()",
    "const all = []; push(r)",
    "all.push(r)",
  ])("of undici, as in %s", (text) => {
    expect(lines(undici(`async function a(u) { const r = await request(u); ${text}; }`))).toEqual([]);
  });

  test.for([
    "log(r.statusCode, r.headers, r.trailers, r.opaque, r.context)",
    "r.body.on('end', f)",
    "r.body.setEncoding('utf8')",
    "r.body.setEncoding('utf8').on('end', f)",
    "log(r.body.destroyed, r.body.locked, r.body.bodyUsed)",
    "console.log(r)",
    "console.log(r.body)",
    "const all = []; all.push(r)",
    "const all = []; all.unshift(r); log(all.length)",
    "const all = new Set(); all.add(r); log(all.size)",
    "const all = new Map(); all.set(u, r); all.set(r, u)",
    "const { body } = r; log(body.readable)",
    "const other = r; log(other.statusCode)",
    "r = null",
  ])("of undici, but not in %s", (text) => {
    expect(lines(undici(`async function a(u) {\n let r = await request(u); ${text}; }`)).length).toBe(1);
  });

  test("but not where a list that others see is kept", () => {
    expect(lines(undici("export const all = []; export async function a(u) { all.push(await request(u)); }"))).toEqual(
      [],
    );
  });

  test.for<[string, string, number[]]>([
    [
      "of fetch",
      "const r = await fetch(u, { dispatcher }); log(r.status, r.statusText, r.headers, r.url, r.type, r.redirected, r.bodyUsed);",
      [2],
    ],
    ["of fetch, but not its bytes", "const r = await fetch(u, { dispatcher }); return r.bytes();", []],
    ["of fetch, but not what is made of it", "const r = await fetch(u, { dispatcher }); return r.clone();", []],
  ])("a fact %s", ([, text, expected]) => {
    expect(lines(undici(`const dispatcher = new Agent({ connections: 5 }); async function a(u) { ${text} }`))).toEqual(
      expected,
    );
  });

  test.for<[string, string, number[]]>([
    [
      "of got",
      `import got from "got"; const s = got.stream(u); log(s.url, s.requestUrl, s.ip, s.isFromCache); s.on("end", f);`,
      [1],
    ],
    [
      "of axios",
      `import axios from "axios"; const a = async (u) => { const { status, statusText, headers, config } = await axios.get(u, { responseType: "stream" }); return [status, statusText, headers, config]; };`,
      [1],
    ],
    [
      "of a listener, whose result is nothing to anybody",
      http(
        "http.get(u, (res) => res);\nhttp.get(u, (res) => { return res; });\nhttp.get(u, (res) => () => res);\nhttp.get(u, (res) => [1].map(() => { return res; }));",
      ),
      [2, 3],
    ],
    [
      "of a chain, whose result is",
      undici("const a = (u) => request(u).then((r) => r); const b = (u) => request(u).then((r) => { return r; });"),
      [],
    ],
  ])("a fact %s", ([, code, expected]) => {
    expect(lines(code)).toEqual(expected);
  });
});

describe("knows where responses are gathered", () => {
  const gathered = (text: string): string =>
    undici(
      `const pool = new Pool(o, { connections: 2 }); const some = new Pool(o, { connections: n });\nasync function a(paths) { ${text} }`,
    );

  test.for([
    "return Promise.all(['/a', '/b', '/c'].map((path) => pool.request({ path })));",
    "return Promise.all(['/a', ...paths].map((path) => pool.request({ path })));",
    "const get = (path) => pool.request({ path }); return Promise.all(paths.map(get));",
    "return Promise.all(paths.map(async (path) => { const r = await pool.request({ path }); return r; }));",
    "const all = paths.map((path) => pool.request({ path })); return Promise.all(all);",
    "return Promise.all(Array.from(paths, (path) => pool.request({ path })));",
    "return Promise.all(Array.from({ length: 3 }, () => pool.request({ path })));",
    "return Promise.all(Array.from({ length: paths.length }, () => pool.request({ path })));",
    "return Promise.all(paths.filter(Boolean).map((path) => pool.request({ path })));",
    "return Promise.all(paths.map((path) => some.request({ path })));",
    "const all = []; for (let i = 0; i < 3; i++) all.push(await pool.request({ path })); return all;",
    "const all = []; for (let i = 0; i < n; i++) all.push(await pool.request({ path })); return all;",
    "const all = []; for (;;) { all.push(await pool.request({ path })); if (all.length > 9) break; } return all;",
    "const all = []; while (more()) all.push(await pool.request({ path })); return all;",
    "const all = []; for (const path of ['/a', '/b', '/c']) all.push(await pool.request({ path })); return all;",
    "const all = []; for (const path of paths) { const r = await pool.request({ path }); if (r.statusCode !== 200) log(r.headers); all.push(r); } return all;",
    "const all = []; for (const path of paths) all.push(await some.request({ path })); return all;",
  ])("as in %s", (text) => {
    expect(lines(gathered(text))).toEqual([3]);
  });

  test.for([
    "return Promise.all(['/a', '/b'].map((path) => pool.request({ path })));",
    "return Promise.all(['/a', '/b'].map((path) => some.request({ path })));",
    "return Promise.all(Array.from({ length: 2 }, () => pool.request({ path })));",
    "return Promise.all(Array.from({ length: 3 }, () => some.request({ path })));",
    "return Promise.all(paths.slice(0, 2).map((path) => pool.request({ path })));",
    "while (paths.length) use(await Promise.all(paths.splice(0, 2).map((path) => pool.request({ path }))));",
    "for (const batch of batches) use(await Promise.all(batch.map((path) => pool.request({ path }))));",
    "return Promise.all(paths.map(async (path) => (await pool.request({ path })).body.text()));",
    "return Promise.all(paths.map(async (path) => { const r = await pool.request({ path }); await r.body.text(); return r; }));",
    "return Promise.all(paths.map(function* (path) { return pool.request({ path }); }));",
    "return Promise.all(paths.map((path) => new Pool(o).request({ path })));",
    "return Promise.all(paths.map(get)); await paths.map(); await Array.from(paths);",
    "return map((path) => pool.request({ path }));",
    "const all = []; for (let i = 0; i < 2; i++) all.push(await pool.request({ path })); return all;",
    "const all = []; for (let i = 0; i < 3; i++) all.push(await some.request({ path })); return all;",
    "const all = []; for (const path of ['/a', '/b']) all.push(await pool.request({ path })); return all;",
    "const all = []; for (const path of paths) all.push((await pool.request({ path })).body.text()); return all;",
    "const all = []; for (const path of paths) all.push(await new Pool(o).request({ path })); return all;",
    "for (const path of paths) { const all = []; all.push(await pool.request({ path })); use(all); }",
    "const all = []; for (const path of paths) { all.push(await pool.request({ path })); await all.pop().body.text(); }",
    "const all = []; for (const path of paths) { const r = await pool.request({ path }); use(r.body); all.push(r); } return all;",
    "const all = []; for (const path of paths) { const r = await pool.request({ path }); use(r); all.push(r); } return all;",
    "const all = []; const r = await pool.request({ path }); for (const path of paths) all.push(r); use(r); return all;",
    "const all = []; all.push(await pool.request({ path })); return all;",
    "for (const path of paths) this.all.push(await pool.request({ path }));",
    "const all = []; for (const path of paths) { push(await pool.request({ path })); all.add(await pool.request({ path })); all.push(); } return all;",
  ])("but not in %s", (text) => {
    expect(lines(gathered(text))).toEqual([]);
  });
});

describe("follows a response from function to function", () => {
  test.for<[string, string, number[]]>([
    ["two of them", "const one = (u) => request(u); const two = (u) => one(u);", [4]],
    ["one that catches", "const two = (u) => request(u).catch(fail);", [4]],
    ["one that does something in the end", "const two = (u) => request(u).finally(done);", [4]],
    ["one that waits", "async function two(u) { const r = await request(u); return await r; }", [4]],
    ["one that names the promise", "function two(u) { const p = request(u); return p; }", [4]],
    [
      "one that checks first",
      "async function two(u) { const r = await request(u); if (r.statusCode !== 200) { await r.body.dump(); throw new Error(); } return r; }",
      [4],
    ],
    [
      "one of several ways",
      "async function two(u) { if (!u) return undefined; const r = await request(u); return r; }",
      [4],
    ],
    ["one that makes something of it", "const two = (u) => request(u).then(parse);", []],
    [
      "one that reads before",
      "async function two(u) { const r = await request(u); r.text = await r.body.text(); return r; }",
      [],
    ],
    [
      "one that reads all the same",
      "async function two(u) { const r = await request(u); keep(r.body); if (r.statusCode !== 200) return r; return r; }",
      [],
    ],
    ["one that gives values", "async function* two(u) { return request(u); }", []],
    ["one that gives nothing", "async function two(u) { use(await request(u)); return; }", []],
    ["one that gives a part", "async function two(u) { const { body } = await request(u); return body; }", []],
  ])("%s", ([, helper, expected]) => {
    expect(
      lines(
        undici(
          `${helper}\nasync function a(u) { const r = await two(u);\n if (!r.headers.etag) return null;\n return r.body.text(); }`,
        ),
      ),
    ).toEqual(expected);
  });

  test.for<[string, string, number[]]>([
    ["is given to its resolve", "new Promise((resolve, reject) => http.get(u, resolve).on('error', reject))", [4]],
    [
      "is what its callback gives on",
      "new Promise((resolve) => { const req = http.get(u, (res) => { log(res.statusCode); resolve(res); }); req.end(); })",
      [4],
    ],
    ["was read", "new Promise((resolve) => http.get(u, (res) => { res.resume(); resolve(res); }))", []],
    ["is listened to", "new Promise((resolve) => http.get(u, (res) => { res.on('data', f); resolve(res); }))", []],
    ["is given to another function", "new Promise((resolve) => http.get(u, (res) => { use(res); }))", []],
    ["is of something else", "new Promise((resolve) => own.get(u, resolve))", []],
    [
      "is given after something else",
      "new Promise((resolve) => http.get(u, (res) => { own(res); done(1); resolve(2); }))",
      [],
    ],
    ["is of another promise", "new Own((resolve) => http.get(u, resolve))", []],
    ["is of a function from elsewhere", "new Promise(executor)", []],
    ["is of none", "new Promise((resolve) => http.get(u, () => { resolve(1); assert(1); }).on('response', f))", []],
  ])("where what a promise gives %s", ([, promise, expected]) => {
    expect(
      lines(
        http(
          `const open = (u) => ${promise};\nasync function a(u) { const res = await open(u);\n if (res.statusCode !== 200) throw new Error();\n res.resume(); }`,
        ),
      ),
    ).toEqual(expected);
  });
});

describe("knows where a response comes", () => {
  test.for<[string, string, number[]]>([
    ["to nobody", "request(u);\n request(u, { method: 'POST' });\n request();", [3, 4, 5]],
    ["to a callback that is named", "pool.request(o, done); pool.request(o, own.done);", []],
    [
      "to a callback, and to whoever has the promise",
      "const p = pool.request(o, (error, r) => {\n if (error) return;\n use(r.body); }); use(p);",
      [4],
    ],
    [
      "to no callback, but with options",
      "const r = await request(u, o);\n if (r.statusCode !== 200) return null;\n return r.body.text();",
      [4],
    ],
    ["to a callback that takes only the error", "\n pool.request(o, (error) => done(error));", [4]],
    ["to what is not void", "!request(u); typeof request(u);", []],
    [
      "to the name of its promise",
      "const p = request(u); const r = await p;\n if (r.statusCode !== 200) return null;\n return r.body.text();",
      [4],
    ],
    ["to two who have its promise", "const p = request(u); const r = await p; use(p); return r.statusCode;", []],
    ["to a promise that nobody has", "const p = request(u);", []],
    [
      "by one of two requests",
      "const r = await (own ? request(u) : request(o));\n if (r.statusCode !== 200) return null;\n return r.body.text();",
      [4],
    ],
    ["by what is asked for it", "return request(u) ? 1 : 2;", []],
    [
      "where there is nothing else",
      "const r = await (cached ?? request(u));\n if (r.statusCode !== 200) return null;\n return r.body.text();",
      [4],
    ],
    ["second of two", "const [, r] = await Promise.all([own,\n request(u)]); return r.statusCode;", [4]],
    [
      "where one of two is not taken",
      "const [, r] = await Promise.all([\n request(u), request(o)]); return r.body.text();",
      [4],
    ],
    [
      "among others that are taken together",
      "const [own, ...rest] = await Promise.all([request(u), request(o)]); use(own.body, rest);",
      [],
    ],
    [
      "among some that are taken together",
      "const [r, ...rest] = await Promise.all([\n request(u), request(o)]); use(rest); return r.statusCode;",
      [4],
    ],
    ["in a choice of nothing", "const r = await (request(u) ? own : other); return r.statusCode;", []],
    ["in a list", "const all = await Promise.all([request(u), request(o)]); return all;", []],
    ["to the first of several", "const [r] = await Promise.race([request(u), request(o)]); return r.statusCode;", []],
    ["in a list that is not awaited", "const [r] = Promise.all([request(u)]); return r.statusCode;", []],
    [
      "behind a catch",
      "return request(u).catch(fail).finally(done).then((r) => {\n if (r.statusCode !== 200) return null;\n return r.body.text(); });",
      [4],
    ],
    [
      "to a chain of nothing",
      "return [request(u).then(), request(u).then(own), request(u).other, request(u).other((r) => r.statusCode), own(request(u).then)];",
      [],
    ],
    [
      "to a function that takes everything",
      "return [request(u).then((...all) => use(all)), request(u).then(function () { use(arguments); }), request(u).then(function* (r) { yield r.statusCode; })];",
      [],
    ],
    ["to a function that takes nothing", "own(\n request(u).then(function () { done(); }));", [4]],
    [
      "to a function by its name",
      "return request(u).then(check);\n function check(r) {\n if (r.statusCode !== 200) return null;\n return r.body.text(); }",
      [5],
    ],
  ])("%s", ([, text, expected]) => {
    expect(lines(undici(`const pool = new Pool(o);\nasync function a(u) { ${text} }`))).toEqual(expected);
  });

  test.for<[string, string, number[]]>([
    [
      "to a listener and a callback",
      "http.get(u, (res) => done(res.statusCode)).on('response', (res) => res.resume());",
      [],
    ],
    [
      "to two listeners",
      "const req = http.get(u); req.on('response', (res) => done(res.statusCode)); req.on('response', (res) => res.resume());",
      [],
    ],
    ["to a listener of another event", "const req = http.get(u); req.on('close', (res) => done(res.statusCode));", []],
    [
      "to a listener of something else",
      "const req = http.get(u); own.on('response', (res) => done(res.statusCode));",
      [],
    ],
    [
      "to a function by its name",
      "http.get(u, onResponse);\n function onResponse(res) {\n if (res.statusCode !== 200) return;\n res.resume(); }",
      [4],
    ],
    [
      "to a listener in a chain",
      "http.request(u).setTimeout(9).end().on('response', (res) => {\n if (res.statusCode !== 200) return;\n res.resume(); });",
      [3],
    ],
    [
      "to a listener that is named",
      "const req = http.request(u, undefined); req.once('response', onResponse);\n function onResponse(res) {\n if (res.statusCode !== 200) return;\n res.resume(); }",
      [4],
    ],
    ["to a listener that is not known", "const req = http.request(u); req.once('response', own.listener);", []],
    [
      "to a listener, beside options",
      "const options = { path }; const req = http.request(u, options); req.on('response', (res) =>\n done(res.statusCode));",
      [2],
    ],
    [
      "to a listener, beside options of a type",
      "function a(u: string, options: RequestOptions) { const req = http.request(u, options);\n req.on('response', (res) => done(res.statusCode)); }",
      [3],
    ],
    [
      "to a listener, beside options that are written out",
      "function a(u: string, options: { path: string }) { const req = http.request(u, options);\n req.on('response', (res) => done(res.statusCode)); }",
      [3],
    ],
    [
      "to a listener, or to what is a function",
      "function a(u: string, own: (res: Message) => void) { const req = http.request(u, own); req.on('response', (res) => done(res.statusCode)); }",
      [],
    ],
    [
      "to a listener, or to what may be one",
      "function a(u, own) { const req = http.request(u, own); req.on('response', (res) => done(res.statusCode)); }",
      [],
    ],
    [
      "to a listener, or to what comes third",
      "function a(u: string, o: Options, own: Options) { const req = http.request(u, o, own); req.on('response', (res) => done(res.statusCode)); }",
      [],
    ],
    [
      "to a listener, or to the last of several",
      "const req = http.request(u, ...rest); req.on('response', (res) => done(res.statusCode));",
      [],
    ],
    ["to a wait", "const [res] = await once(http.get(u), 'response'); if (res.statusCode === 200) res.resume();", [2]],
    ["to a wait that takes nothing", "\nconst [] = await once(http.get(u), 'response');", [3]],
    ["to a wait that takes all", "const all = await once(http.get(u), 'response'); use(all);", []],
    [
      "to a wait that goes elsewhere",
      "const [res] = own(once(http.get(u), 'response')); once(http.get(u), 'response');",
      [],
    ],
  ])("of HTTP, %s", ([, text, expected]) => {
    expect(lines(`import http from "node:http"; import { once } from "node:events";\n${text}`)).toEqual(expected);
  });

  test("of the SDK, to a callback", () => {
    expect(
      lines(
        `import { S3 } from "@aws-sdk/client-s3"; const s3 = new S3({});\ns3.getObject({ Key }, (error, o) => {\n if (error) return;\n use(o.Body); });`,
      ),
    ).toEqual([3]);
  });
});

describe("knows where an error ends everything", () => {
  test.for<[string, string, number[]]>([
    ["at the top", "await a(u);", []],
    ["at the top, without a wait", "a(u);", []],
    ["at the top, void", "void a(u);", []],
    ["where it is caught to exit", "void a(u).catch((error) => { log(error); process.exit(1); });", []],
    ["but not where it is caught to go on", "void a(u).catch((error) => log(error));", [3]],
    ["but not where it is caught by something", "void a(u).catch(own);", [3]],
    ["but not where others are given what it gives", "await use(a(u));", [3]],
    ["but not where it is caught around", "try { await a(u); } catch { again(); }", [3]],
    ["but not where nobody calls it", "", [3]],
    ["but not where others may call it", "own(a); await a(u);", [3]],
    ["within another function", "async function main() { await a(u); } await main();", []],
    ["but not within one that goes on", "async function main() { await a(u); } main().catch(log);", [3]],
    ["but not within one that waits elsewhere", "async function main() { return a(u).catch(log); } await main();", [3]],
    [
      "but not where one of two goes on",
      "async function main() { await a(u); } await main(); try { await main(); } catch { again(); }",
      [3],
    ],
    [
      "but not where the loop is caught",
      "async function main() { for (;;) try { await a(u); } catch { again(); } } await main();",
      [3],
    ],
    ["but not of one that calls itself", "async function main() { await a(u); await main(); }", [3]],
  ])("%s", ([, text, expected]) => {
    expect(
      lines(
        undici(
          `async function a(u) { const r = await request(u);\n if (r.statusCode !== 200) throw new Error();\n return r.body.text(); } ${text}`,
        ),
      ),
    ).toEqual(expected);
  });

  test.for<[string, string, number[]]>([
    ["throws", "throw new Error(res.statusCode);", []],
    ["gives an error", "done(new Error('no'));", []],
    ["gives an error of a kind", "done(1, new RangeError('no'));", []],
    ["fails", "fail(res);", []],
    ["lets a test fail", "t.fail();", []],
    ["gives something else that is made", "done(new Map());", [2]],
    ["gives an error of others", "done(new OwnError('no'));", []],
    ["does more", "log(); done(new Error('no'));", [2]],
    ["calls", "done(Error);", [2]],
    ["says", "res.statusCode;", [2]],
    ["does nothing", "", [2]],
  ])("where a listener only %s", ([, text, expected]) => {
    expect(lines(http(`http.get(u, (res) => { ${text} });`))).toEqual(expected);
  });
});

describe("names the place where a path parts from those that read", () => {
  test.for<[string, string, number[]]>([
    ["a condition before the body", "own.x() &&\n (await r.body.text());\n return null;", [3]],
    ["the last of several conditions", "own.x() ||\n own.y() || (await r.body.text());\n return null;", [3]],
    ["what is there instead", "const p = own.x() ?? (await r.body.text());\n own.y();", [3]],
    ["what is returned instead", "return own.x() && r.body.text();", [3]],
    ["a condition of two", "if (own.x() &&\n own.y()) return r.body.text();", [3]],
    ["a plain name", "\n if (own) await r.body.text();", [4]],
    ["a side that does nothing", "\n if (own.x()) {} else await r.body.text();", [4]],
    ["a statement of the other side", "if (own.x()) await r.body.text();\n else { own.z();\n own.y(); }", [4]],
    ["both of two conditions", "if (own.x())\n if (own.y()) await r.body.text();", [3, 4]],
    [
      "a condition within another function's argument",
      "own.x(own.y() ? 1 : 2);\n if (own.z()) await r.body.text();",
      [4],
    ],
    ["a loop that may have no turn", "while (own.more())\n await r.body.text();", [3]],
    ["a loop that counts", "for (let i = 0; i < own.x; i++)\n await r.body.text();", [3]],
    ["the end of a loop", "for (;;) { if (own.done())\n break;\n await r.body.text(); }", [3]],
    ["the end of a turn", "do { if (own.done())\n continue;\n await r.body.text(); }\n while (own.more());", [3]],
    ["the choice of a case", "switch (own.kind) { case 1: await r.body.text(); }", [3]],
    ["the choice of a case by a plain name", "\n switch (own) { case 1: await r.body.text(); }", [4]],
    ["a case that ends", "switch (own) { default: await r.body.text();\n break;\n case 2: break; }", [5]],
    [
      "an error, past what is done in the end",
      "try { if (own.y())\n throw new Error(); await r.body.text(); }\n finally { own.z(); }",
      [4],
    ],
    [
      "an error that is kept",
      "try { if (own.y())\n throw new Error(); await r.body.text(); }\n catch (error) { own.z(error); }",
      [4],
    ],
    ["an error that is made", "if (own.y())\n throw own.error(r.statusCode);\n await r.body.text();", [4]],
    ["the end of a block with a name", "block: { if (own.y())\n break block;\n await r.body.text(); }", [4]],
  ])("%s", ([, text, expected]) => {
    expect(lines(undici(`async function a(u, own) { const r = await request(u);\n ${text} }`))).toEqual(expected);
  });

  test.for<[string, string, number[]]>([
    [
      "an assignment of something else",
      "let r = await request(u);\n if (own.x()) { r = null; }\n return r?.body.text();",
      [4],
    ],
    [
      "but no assignment that others see",
      "let r;\n r = await request(u); const reset = () => { r = null; };\n own(reset); return r.body.text();",
      [],
    ],
    [
      "a helper that only looks, and a path that leaves",
      "const r = await request(u); look(r);\n if (own.x()) return null;\n return r.body.text(); function look(one) { log(one.statusCode); }",
      [4],
    ],
    [
      "a helper that throws, before one that reads",
      "const r = await request(u); check(r); return read(r);\n async function check(one) { if (one.statusCode > 299)\n throw new Error(); }\n async function read(one) { return one.body.text(); }",
      [5],
    ],
    [
      "a helper of a helper",
      "const r = await request(u); return first(r);\n async function first(one) { return second(one); }\n async function second(one) { if (one.statusCode > 299)\n return null; return one.body.text(); }",
      [6],
    ],
    [
      "but no helper that always reads",
      "const r = await request(u); return read(r);\n async function read(one) { log(one.statusCode); return one.body.text(); }",
      [],
    ],
    [
      "but no helper that gives it away",
      "const r = await request(u); return keep(r);\n async function keep(one) { own.all = one; }",
      [],
    ],
  ])("%s", ([, text, expected]) => {
    expect(lines(undici(`async function a(u, own) {\n ${text} }`))).toEqual(expected);
  });
});

describe("knows who needs the only connection", () => {
  const next = (text: string): string[] =>
    lint(
      undici(
        `const client = new Client(o); const two = new Pool(o, { connections: 2 }); async function a(u, path) {\n ${text} }`,
      ),
      plain,
    ).flatMap(({ message, line }) => (message.includes("needs the connection") ? [String(line)] : []));

  test.for([
    "const r = await client.request({ path });\n const s = await client.request({ path: u }); return [r.body, s.body];",
    "const r = await request(u, { dispatcher: client });\n const s = await request(u, { dispatcher: client }); return [r.body, s.body];",
    "const r = await request(u, { dispatcher: client });\n const s = await client.request({ path }); return [r.body, s.body];",
    "const r = await client.request({ path }); const get = () => client.request({ path: u });\n const s = await get(); return [r.body, s.body];",
    "const r = await client.request({ path }); const get = () => client.request({ path: u }); const all = () => get();\n const s = await all(); return [r.body, s.body];",
    "const r = await client.request({ path }); if (r.statusCode === 302)\n use((await client.request({ path: u })).body); return r.body;",
  ])("in %s", (text) => {
    expect(next(text)).toEqual(["4"]);
  });

  test.for([
    "const own = new Client(o); const r = await client.request({ path });\n const s = await own.request({ path: u }); return [r.body, s.body];",
    "const r = await two.request({ path });\n const s = await two.request({ path: u }); return [r.body, s.body];",
    "const r = await client.request({ path }); await r.body.dump();\n const s = await client.request({ path: u }); return s.body;",
    "const s = await client.request({ path: u }); await s.body.dump(); const r = await client.request({ path });\n return r.body;",
    "const r = await client.request({ path }); const later = () => () => client.request({ path: u });\n later(); return r.body;",
    "const r = await client.request({ path }); own.on('end', () => client.request({ path: u }));\n log(); return r.body;",
    "const r = await new Client(o).request({ path });\n const s = await new Client(o).request({ path: u }); return [r.body, s.body];",
    "const r = await client.request({ path });\n const s = await request(u); return [r.body, s.body];",
    "const r = await client.request({ path });\n await client.close(); return r.body;",
    "for (const path of u) { const r = await client.request({ path });\n await r.body.text(); }",
  ])("but not in %s", (text) => {
    expect(next(text)).toEqual([]);
  });
});

describe("strict, knows what does not run in Node.js", () => {
  const left = (text: string): number =>
    lines(`${text}\nasync function a(u, base) { const r = await fetch(u); return r.status; }`, strict).length;

  test.for([
    "document.title = '';",
    "new XMLHttpRequest();",
    "Deno.env.get('a');",
    "localStorage.clear();",
    "sessionStorage['a'] = 1;",
    "globalThis.location.href;",
    "export default { scheduled() {} };",
    "export default { fetch: async () => {} };",
    "export default { 'fetch': function () {} } satisfies Handler;",
    "import 'cloudflare:sockets';",
  ])("as %s", (text) => {
    expect(left(text)).toBe(0);
  });

  test.for([
    "const window = make(); window.close();",
    "own.window.close();",
    "window();",
    "typeof document === 'object' && document.title;",
    "typeof document; new document();",
    "import { document } from 'own'; document.title;",
    "new Own(); own.close();",
    "export default { close() {} };",
    "export default { fetch: handler };",
    "export default { ...fetch, [scheduled]() {} };",
    "export default function fetch2() {}",
    "const own = { fetch() {} };",
    "import x from 'cloudflare-ddns';",
    "void location;",
  ])("but not %s", (text) => {
    expect(left(text)).toBe(1);
  });

  test.for<[string, number]>([
    ["fetch('/api')", 0],
    ["fetch(path)", 0],
    ["fetch(`/api/${u}`)", 0],
    ["fetch(`${u}/api`)", 1],
    ["fetch('api')", 1],
    ["fetch(u + '/api')", 1],
    ["fetch()", 1],
    ["fetch('http://localhost/api')", 1],
  ])("an address: %s", ([call, expected]) => {
    expect(
      lines(`const path = '/api'; async function a(u) { const r = await ${call}; return r.status; }`, strict),
    ).toHaveLength(expected);
  });

  test("in a test, a client whose connections nobody counts", () => {
    expect(lines(undici('it("x", async () => { await request(u); });'), strict)).toEqual([]);
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
      "in a function that is given it",
      undici(
        "async function check(one) {\n  if (one.statusCode !== 200) throw new Error();\n}\nasync function a(u) {\n  const r = await request(u);\n  await check(r);\n  return r.body.text();\n}",
      ),
      undici(
        "async function check(one) {\n  if (one.statusCode !== 200) { await one.body.dump(); throw new Error(); }\n}\nasync function a(u) {\n  const r = await request(u);\n  await check(r);\n  return r.body.text();\n}",
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
