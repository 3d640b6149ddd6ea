import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { GLOBAL } from "../source/origin.ts";
import type { Names } from "../source/names.ts";
import { memberName, unwrap } from "../source/syntax.ts";

/** The full name of a global or an export: `process.nextTick`, `fs.readFile`, `timers/promises.setTimeout`; or none. */
export function apiName(names: Names, callee: TSESTree.Node): string {
  const origin = names.origin(callee);
  if (!origin) return "";
  const path = origin.path.filter((part) => part !== "default" && part !== "*");
  return (origin.module === GLOBAL ? path : [origin.module, ...path]).join(".");
}

const TIMERS = /^(?:timers\.)?set(?:Timeout|Interval|Immediate)$/u;
const MICROTASKS = /^(?:queueMicrotask|process\.nextTick)$/u;
// Modules of Node whose functions call back when something outside the program has happened.
const OUTSIDE = /^(?:child_process|crypto|dgram|dns|fs|http|http2|https|net|readline|stream|tls|zlib)\./u;

/** Whether a call leaves its callback to a timer or an immediate. */
export function isTimer(names: Names, call: TSESTree.CallExpression): boolean {
  return TIMERS.test(apiName(names, call.callee));
}

/** Whether a call puts its callback before everything that the event loop has to offer. */
export function isMicrotask(names: Names, call: TSESTree.CallExpression): boolean {
  return MICROTASKS.test(apiName(names, call.callee));
}

/** Whether the callback of a call, of Node itself, is called by the event loop. */
export function callsBackFromOutside(resources: Resources, call: TSESTree.CallExpression): boolean {
  const name = apiName(resources.names, call.callee);
  if (OUTSIDE.test(name)) return !name.endsWith("Sync");
  const callee = unwrap(call.callee);
  return callee.type === T.MemberExpression && memberName(callee) !== "emit" && isDriven(resources, callee.object);
}

const DRIVEN: readonly string[] = [
  "child_process.ChildProcess",
  "http.ClientRequest",
  "http.IncomingMessage",
  "http.ServerResponse",
  "net.Server",
  "net.Socket",
  "readline.Interface",
  "worker_threads.MessagePort",
  "worker_threads.Worker",
];

/** Whether the events of something come from the event loop, as far as we know it: a server, a child, a worker. */
export function isDriven(resources: Resources, node: TSESTree.Node): boolean {
  const { names } = resources;
  const expression = unwrap(node);
  const name = resources.of(expression);
  if (name !== undefined && DRIVEN.some((one) => resources.is(name, one))) return true;
  if (/^process(?:\.std(?:in|out|err))?$/u.test(apiName(names, expression))) return true;
  // `child.stdout`.
  if (expression.type === T.MemberExpression && isDriven(resources, expression.object)) return name !== undefined;
  if (expression.type === T.CallExpression) {
    const callee = unwrap(expression.callee);
    // `client.setEncoding("utf8").on(…)`.
    return callee.type === T.MemberExpression && name === undefined && isDriven(resources, callee.object);
  }
  return isConnected(resources, expression);
}

// Packages whose events come over a connection, or from the system.
const CONNECTED =
  /^(?:@redis\/client|amqplib|bull|bullmq|chokidar|discord\.js|execa|got|ioredis|kafkajs|mongodb|mongoose|mqtt|mysql2?|nats|nodemailer|pg|playwright|postgres|puppeteer|redis|serialport|socket\.io|socket\.io-client|ssh2|undici|ws)(?:\/|$)/u;

/** What a function of such a package has made: `createClient()`. */
function isConnected(resources: Resources, node: TSESTree.Node): boolean {
  const maker = resources.maker(node);
  const origin = maker && resources.names.origin(maker.callee);
  return origin !== undefined && CONNECTED.test(origin.module);
}

const CLOCKS = /^(?:Date\.now|(?:perf_hooks\.)?performance\.now|process\.(?:hrtime|hrtime\.bigint|uptime))$/u;

/** Whether an expression is the time, which passes by itself. */
export function isClock(names: Names, node: TSESTree.Node): boolean {
  if (node.type === T.NewExpression) return apiName(names, node.callee) === "Date";
  return node.type === T.CallExpression && CLOCKS.test(apiName(names, node.callee));
}

const HARMLESS: readonly RegExp[] = [
  /^(?:console|Math|Date|performance|JSON|Number|String|Boolean|BigInt|Symbol|Object|Array|Atomics|Intl|process)(?:\.|$)/u,
  /^(?:parseInt|parseFloat|isNaN|isFinite|structuredClone|queueMicrotask|fetch|(?:timers\.)?(?:set|clear)(?:Timeout|Interval|Immediate))$/u,
  /^(?:child_process|crypto|zlib)\.\w+Sync$|^(?:fs|os|path|perf_hooks|timers\/promises)\./u,
  /^Promise\.\w+$/u,
];
const HARMFUL = /^(?:process\.(?:emit|_.*)|Object\.assign)$/u;

/** Whether a function of the platform runs no code of the program before it returns, callbacks in the call aside. */
export function isHarmless(names: Names, callee: TSESTree.Node): boolean {
  const name = apiName(names, callee);
  return !HARMFUL.test(name) && HARMLESS.some((one) => one.test(name));
}
