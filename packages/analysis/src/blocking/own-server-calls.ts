import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { mayMean } from "../resources/may-mean.ts";
import type { Resources } from "../resources/resources.ts";
import { standsFor } from "../source/names.ts";
import { contains, isCall, literalText, propertyName } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { ownerOf } from "../uses/places.ts";
import { environmentOf, ingredientsOf } from "./addresses.ts";
import { apiName } from "./apis.ts";
import { arePartedByBranch, isClosedBefore, ownServersOf, textsIn } from "./own-servers.ts";
import type { OwnServer } from "./own-servers.ts";

/** A synchronous call of a command that asks a server of the same thread. */
export interface OwnServerCall {
  readonly kind: "server";
  readonly node: TSESTree.CallExpression;
  /** Where the server begins to listen, or where its address is asked for. */
  readonly server: TSESTree.Node;
}

// Of earlier versions, and of what has no model.
const SYNC =
  /^(?:cross-spawn\.(?:sync|spawn\.sync)|execa\.(?:execa\.)?(?:sync|execaCommandSync|commandSync)|Bun\.spawnSync)$/u;

function isSynchronous(resources: Resources, call: TSESTree.CallExpression): boolean {
  if (SYNC.test(apiName(resources.names, call.callee))) return true;
  return mayMean(resources, call, "blocks") && resources.call(call)?.blocks === "thread";
}

/** The synchronous commands of a file that get the address of a server which this thread serves. */
export function findOwnServerCalls(resources: Resources): OwnServerCall[] {
  const calls = findAll(resources.file.ast, isCall).filter((call) => isSynchronous(resources, call));
  if (calls.length === 0) return [];
  const servers = ownServersOf(resources);
  if (servers.length === 0) return [];
  return calls.flatMap((node): OwnServerCall[] => {
    const { leaves, servers: addressed } = ingredientsOf(resources, [...node.arguments, ...inherited(resources, node)]);
    if (endsByItself(resources, node, leaves)) return [];
    const asked = addressed.find((one) => answersHere(resources, servers, one, node));
    if (asked) return [{ kind: "server", node, server: asked }];
    const own = servers.find((one) => isNamed(resources, one, node, leaves));
    return own ? [{ kind: "server", node, server: own.node }] : [];
  });
}

/** The variables of the environment of which the command speaks. */
function inherited(resources: Resources, call: TSESTree.CallExpression): TSESTree.Node[] {
  const texts = call.arguments.flatMap((one) => textsOf(resources, one)).join("\n");
  return [...environmentOf(resources)].flatMap(([name, values]) =>
    new RegExp(`(?:\\$\\{?|%|env\\.)${name.replaceAll(/\W/gu, "")}\\b`, "u").test(texts)
      ? values.map(({ right }) => right)
      : [],
  );
}

/** The texts of an argument, and of the constants in it. */
function textsOf(resources: Resources, node: TSESTree.Node): string[] {
  const { leaves } = ingredientsOf(resources, [node]);
  return [...textsIn(node), ...leaves.flatMap((leaf) => literalText(leaf) ?? [])];
}

/** Whether a server listens on this thread when the call runs. */
function answersHere(
  resources: Resources,
  servers: readonly OwnServer[],
  server: TSESTree.Node,
  call: TSESTree.Node,
): boolean {
  const key = resources.names.key(server);
  const own = servers.filter((one) => one.key !== undefined && one.key === key);
  const listening = own.length > 0 ? own.map(({ node }) => node) : [server];
  return listening.some((node) => !arePartedByBranch(node, call)) && !isClosedBefore(resources, key, call);
}

/** Whether a command names the place on which a server listens: the same variable, or the same host and port. */
function isNamed(
  resources: Resources,
  { node, key, places }: OwnServer,
  call: TSESTree.CallExpression,
  leaves: readonly TSESTree.Node[],
): boolean {
  const { names } = resources;
  if (arePartedByBranch(node, call) || !precedes(node, call) || isClosedBefore(resources, key, call)) return false;
  const keys = new Set(leaves.flatMap((leaf) => names.key(leaf) ?? []));
  const texts = call.arguments.flatMap((one) => textsOf(resources, one));
  return places.some((place) => {
    const placeKey = names.key(place);
    if (placeKey !== undefined && keys.has(placeKey)) return true;
    if (place.type !== T.Literal || !place.value) return false;
    const host = new RegExp(`(?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[::1?\\]):${String(place.value)}\\b`, "u");
    return typeof place.value === "number"
      ? texts.some((text) => host.test(text))
      : texts.some((text) => text.includes(String(place.value)));
  });
}

/** Whether a server may listen already: in the same code, that comes first. */
function precedes(listen: TSESTree.Node, call: TSESTree.Node): boolean {
  const owner = ownerOf(listen);
  if (owner && contains(owner, call)) return listen.range[0] < call.range[0];
  return true;
}

// What does not wait for an answer: it opens a page, runs in the background, looks at ports, writes something down.
const IN_PASSING =
  /^\s*(?:sudo\s+)?(?:open|xdg-open|start|explorer|echo|printf|kill|killall|npx\s+kill-port|lsof|fuser|netstat|ss|nc\s+-z\w*|nohup|git\s+(?:config|remote|init|add|commit)|(?:npm|pnpm|yarn)\s+config|docker\s+(?:run\s+(?:.*\s)?-d|port|ps)|osascript|code|sleep|timeout|test)\b|(?:^|[^&])&\s*$/u;
const GIVES_UP = /--max-time\b|\s-m\s*\d|AbortSignal\.timeout|--timeout\b|setTimeout\(/u;
const SINGLE: ReadonlySet<string> = new Set(["git", "npm", "pnpm", "yarn", "docker", "nc"]);

/** Whether a command ends without an answer, or is given a time. */
function endsByItself(resources: Resources, call: TSESTree.CallExpression, leaves: readonly TSESTree.Node[]): boolean {
  const [command, list] = call.arguments;
  const options = call.arguments
    .map((one) => standsFor(resources.names, one))
    .filter((one) => one.type === T.ObjectExpression);
  const isLimited = options.some(({ properties }) =>
    properties.some(
      (one) =>
        one.type === T.Property &&
        ["detached", "signal", "timeout"].includes(propertyName(one.key, one.computed) ?? ""),
    ),
  );
  if (!command || isLimited) return true;
  const all = [...call.arguments.flatMap(textsIn), ...leaves.flatMap((leaf) => literalText(leaf) ?? [])];
  if (all.some((text) => GIVES_UP.test(text))) return true;
  const first = commandText(resources, command);
  const words = list && standsFor(resources.names, list);
  const rest =
    words?.type === T.ArrayExpression ? words.elements.flatMap((one) => (one && literalText(one)) ?? []) : [];
  const line = SINGLE.has(first.trim()) ? [first, ...rest].join(" ") : first;
  return IN_PASSING.test(line);
}

/** A command as far as it is written out, with an `x` for the rest. */
function commandText(resources: Resources, node: TSESTree.Node): string {
  const value = standsFor(resources.names, node);
  if (value.type === T.TemplateLiteral) return value.quasis.map(({ value: { raw } }) => raw).join("x");
  if (value.type === T.BinaryExpression)
    return commandText(resources, value.left) + commandText(resources, value.right);
  return literalText(value) ?? "x";
}
