import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { isFetch } from "../deadlines/fetch-function.ts";
import { mayMean } from "../resources/may-mean.ts";
import { remembered, rememberedOfFile } from "../resources/remembered.ts";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import type { Origin } from "../source/origin.ts";
import { isCall, literalText, memberName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { functionOf } from "../uses/functions.ts";
import { isTestFile } from "../uses/tests.ts";
import { CLIENTS } from "./client.ts";
import type { Client } from "./client.ts";
import { connectionsOf, mayBeText, optionIn, valueOf } from "./options.ts";
import { mayBeAborted } from "./aborts.ts";
import { isElsewhere } from "./surroundings.ts";

/** A request whose response has a body that somebody must read, or give up. */
export interface Request {
  readonly node: TSESTree.CallExpression;
  readonly client: Client;
  /**
   * Whether a response that is left certainly keeps what others need: the number of connections is bounded, or nothing
   * ever collects it.
   */
  readonly certain: boolean;
  /** How many connections there are, as far as that is known. */
  readonly connections: number | "some" | undefined;
  /** Whether that is written down, and not only what the client does by itself. */
  readonly isBounded: boolean;
}

/** The request that a call makes itself; undefined for every other call, and where no body comes or is kept. */
export const requestOf: (resources: Resources, call: TSESTree.CallExpression) => Request | undefined = remembered(read);

function read(resources: Resources, call: TSESTree.CallExpression): Request | undefined {
  const { names } = resources;
  const client = clientOf(resources, call);
  if (!client || isWithoutBody(names, call) || mayBeAborted(names, call, client)) return undefined;
  const written = boundOf(resources, call, client);
  const isBounded = written !== undefined;
  // What the SDK's own handler allows where nothing is said.
  const connections = written ?? (client.name === "aws" ? 50 : undefined);
  const isKept = (client.name !== "fetch" && client.name !== "node-fetch") || connections !== undefined;
  const isTest = isTestFile(resources);
  // A test ends, with its servers and clients; what is no program of Node has other connections.
  if (isTest ? !isBounded : !isKept && (isElsewhere(resources) || isPath(names, call))) return undefined;
  return { node: call, client, certain: isKept && !isTest, connections, isBounded };
}

function clientOf(resources: Resources, call: TSESTree.CallExpression): Client | undefined {
  const { names } = resources;
  if (isObjectRequest(names, call)) return CLIENTS.aws;
  if (isAxiosStream(names, call)) return CLIENTS.axios;
  if (isGotStream(names, call)) return CLIENTS.got;
  if (isMessageRequest(names, call)) return CLIENTS.http;
  const model = mayMean(resources, call, "body") ? resources.call(call) : undefined;
  if (model?.body === true) {
    if (model.passes) return CLIENTS.http;
    switch (model.resolves ?? model.gives) {
      case "axios.AxiosResponse":
        return CLIENTS.axios;
      case "got.Request":
        return CLIENTS.got;
      case "undici.Dispatcher.ResponseData":
        return CLIENTS.undici;
      case "@aws-sdk/client-s3.GetObjectCommandOutput":
        return CLIENTS.aws;
      case "node-fetch.Response":
        return CLIENTS["node-fetch"];
      default:
        return CLIENTS.fetch;
    }
  }
  const isOwn = functionOf(names, call.callee) !== undefined;
  const origin = names.origin(call.callee);
  if (isOwn || !isFetch(names, call.callee)) return undefined;
  if (origin?.module === "undici" && origin.path.at(-1) === "request") return CLIENTS.undici;
  return origin?.module === "node-fetch" ? CLIENTS["node-fetch"] : CLIENTS.fetch;
}

/** `client.send(new GetObjectCommand(…))`. */
function isObjectRequest(names: Names, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  const [given] = call.arguments;
  if (memberName(callee) !== "send" || !given) return false;
  const command = valueOf(names, given);
  const origin = command.type === T.NewExpression ? names.origin(command.callee) : undefined;
  return origin?.module === "@aws-sdk/client-s3" && origin.path.at(-1) === "GetObjectCommand";
}

const HTTP: ReadonlySet<string | undefined> = new Set(["http", "https"]);

const ASKING: ReadonlySet<string | undefined> = new Set(["get", "request"]);

/** `(secure ? https : http).get(…)`: one of two modules that are alike. */
function isMessageRequest(names: Names, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== T.MemberExpression || !ASKING.has(memberName(callee))) return false;
  return isHttpModule(names, callee.object);
}

function isHttpModule(names: Names, node: TSESTree.Node): boolean {
  const value = valueOf(names, node);
  if (value.type === T.ConditionalExpression) {
    return isHttpModule(names, value.consequent) && isHttpModule(names, value.alternate);
  }
  const origin = names.origin(value);
  if (!origin) return false;
  if (origin.module === "follow-redirects") return HTTP.has(origin.path.at(-1));
  return HTTP.has(origin.module) && ["*", "default"].includes(origin.path.join("."));
}

/** `axios.get(url, { responseType: "stream" })`, and the same of an instance. */
function isAxiosStream(names: Names, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  const isMember = callee.type === T.MemberExpression;
  const receiver = isMember ? valueOf(names, callee.object) : callee;
  const instance = receiver.type === T.CallExpression ? receiver : valueOf(names, receiver);
  const made = instance.type === T.CallExpression ? instance : undefined;
  const origin = names.origin(made ? made.callee : isMember ? receiver : callee);
  if (origin?.module !== "axios" || (made && origin.path.at(-1) !== "create")) return false;
  const type = optionIn(names, call, "responseType") ?? (made && optionIn(names, made, "responseType"));
  return type !== undefined && mayBeText(names, type, "STREAM");
}

/** `got.stream(url)`, `got(url, { isStream: true })`, and the same of an instance. */
function isGotStream(names: Names, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  const isOwn = isGot(names.origin(callee), 0) || isGotInstance(names, callee);
  if (isOwn) {
    const flag = optionIn(names, call, "isStream");
    return flag?.type === T.Literal && flag.value === true;
  }
  let object = callee;
  while (object.type === T.MemberExpression && memberName(object) !== "stream") object = unwrap(object.object);
  if (object.type !== T.MemberExpression) return false;
  return isGot(names.origin(object.object), 0) || isGotInstance(names, object.object);
}

const GOT: ReadonlySet<string | undefined> = new Set(["default", "got", "*"]);

function isGot(origin: Origin | undefined, below: number): boolean {
  return origin?.module === "got" && GOT.has(origin.path[0]) && origin.path.length === 1 + below;
}

function isGotInstance(names: Names, node: TSESTree.Node): boolean {
  const made = valueOf(names, node);
  if (made.type !== T.CallExpression) return false;
  const origin = names.origin(made.callee);
  return isGot(origin, 1) && origin?.path.at(-1) === "extend";
}

/** `HEAD` has no body, and after `CONNECT` or an upgrade the connection is another one. */
function isWithoutBody(names: Names, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  if (memberName(callee) === "head") return true;
  const method = optionIn(names, call, "method");
  if (!method) return false;
  return BODILESS.some((text) => mayBeText(names, method, text)) || isFoundToHaveNone(names, method);
}

const BODILESS = ["HEAD", "CONNECT"] as const;

/** `if (method === "HEAD") fetch(url, { method })` */
function isFoundToHaveNone(names: Names, value: TSESTree.Node): boolean {
  const key = names.key(value);
  for (let child = value, { parent } = value; parent; child = parent, parent = parent.parent) {
    if (parent.type !== T.IfStatement || parent.consequent !== child) continue;
    const test = unwrap(parent.test);
    if (test.type !== T.BinaryExpression || !/^===?$/u.test(test.operator)) continue;
    const sides = [unwrap(test.left), unwrap(test.right)];
    const isSame = sides.some((side) => key !== undefined && names.key(side) === key);
    if (isSame && sides.some((side) => BODILESS.some((text) => text === literalText(side)))) return true;
  }
  return false;
}

/** `fetch("/api/me")`, relative to a page: the one of Node refuses it. */
function isPath(names: Names, { arguments: [url] }: TSESTree.CallExpression): boolean {
  const value = url && valueOf(names, url);
  if (value?.type === T.TemplateLiteral) return value.quasis[0]?.value.raw.startsWith("/") === true;
  return value !== undefined && literalText(value)?.startsWith("/") === true;
}

/** How many connections there are, as far as that is written down. */
function boundOf(resources: Resources, call: TSESTree.CallExpression, client: Client): Request["connections"] {
  const { names } = resources;
  const callee = unwrap(call.callee);
  const receiver = callee.type === T.MemberExpression ? callee.object : undefined;
  switch (client.name) {
    case "undici":
    case "fetch": {
      const given = optionIn(names, call, "dispatcher");
      const own = receiver && client.name === "undici" ? connectionsOf(resources, receiver) : undefined;
      return given ? connectionsOf(resources, given) : (own ?? globalBound(resources));
    }
    case "aws": {
      const made = receiver && valueOf(names, receiver);
      const handler = made?.type === T.NewExpression ? optionIn(names, made, "requestHandler") : undefined;
      if (!handler) return undefined;
      const written = valueOf(names, handler);
      const options = written.type === T.NewExpression ? (written.arguments[0] ?? written) : written;
      return connectionsOf(resources, options);
    }
    default:
      for (const name of ["agent", "httpAgent", "httpsAgent"]) {
        const agent = optionIn(names, call, name) ?? instanceOption(names, receiver, name);
        const found = agent && connectionsOf(resources, agent);
        if (found !== undefined) return found;
      }
      return undefined;
  }
}

function instanceOption(names: Names, receiver: TSESTree.Node | undefined, name: string): TSESTree.Node | undefined {
  const made = receiver && valueOf(names, receiver);
  return made?.type === T.CallExpression ? optionIn(names, made, name) : undefined;
}

/** `setGlobalDispatcher(new Agent({ connections: 8 }))`. */
const globalBound = rememberedOfFile((resources): Request["connections"] => {
  const { names } = resources;
  for (const call of findAll(resources.file.ast, isCall)) {
    const origin = names.origin(call.callee);
    if (origin?.module !== "undici" || origin.path.at(-1) !== "setGlobalDispatcher") continue;
    const [agent] = call.arguments;
    return agent && connectionsOf(resources, agent);
  }
  return undefined;
});
