import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { eventWaitOf } from "../listening/event-wait.ts";
import { listeningOf } from "../listening/listening.ts";
import { LISTEN } from "../resources/callback.ts";
import type { Resources } from "../resources/resources.ts";
import { meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import { ownerOf } from "../uses/places.ts";

/** What a use of a stream means for those who share its source. */
export interface StreamUse {
  /** Somebody reads it from here on, gets rid of it, or may do either. */
  readonly releases: boolean;
  /** The promise of its end, or the loop that ends with it. */
  readonly end: TSESTree.Node | undefined;
  /** The promise that it is cancelled. */
  readonly cancel: TSESTree.Node | undefined;
}

const NEUTRAL: ReadonlySet<string | undefined> = new Set([
  ..."setEncoding pause unpipe off removeListener setMaxListeners locked readable readableLength destroyed".split(" "),
  ..."readableEnded closed errored getReader write end cork uncork writable writableLength bytesWritten".split(" "),
]);
const ENDS: readonly (string | undefined)[] = ["end", "close", "finish"];

const nothing: StreamUse = { releases: false, end: undefined, cancel: undefined };
const released: StreamUse = { ...nothing, releases: true };

/** What an expression that denotes a stream is used for. */
export function streamUse(resources: Resources, node: TSESTree.Node): StreamUse {
  const parent = meaningfulParent(node);
  if (parent?.type === T.ForOfStatement) return { ...released, end: parent };
  if (parent?.type === T.CallExpression) return argumentUse(resources, node, parent);
  if (parent?.type === T.NewExpression) return wrappedUse(resources, parent);
  const name = parent && memberName(parent);
  const call = parent && meaningfulParent(parent);
  if (call?.type !== T.CallExpression || unwrap(call.callee) !== parent) return NEUTRAL.has(name) ? nothing : released;
  if (LISTEN.has(name)) return listenerUse(resources, call);
  if (name === "cancel") return { ...released, cancel: call };
  if (name === "pipeTo") return { ...released, end: call };
  return NEUTRAL.has(name) ? nothing : released;
}

function argumentUse(resources: Resources, node: TSESTree.Node, call: TSESTree.CallExpression): StreamUse {
  const { names, catalog } = resources;
  const wait = eventWaitOf(resources, call);
  if (wait)
    return wait.events.some(({ event }) => ENDS.includes(event)) && !wait.otherwise
      ? { ...nothing, end: call }
      : nothing;
  const origin = names.origin(call.callee);
  const role = origin && catalog.api(origin)?.role;
  if (role === "finished") return { ...nothing, end: call };
  if (role === "pipeline") {
    // The last one is written to; all before it are read.
    return { releases: call.arguments.at(-1) !== node, end: call, cancel: undefined };
  }
  return origin?.module === "stream/consumers" ? { ...released, end: call } : released;
}

/** `new Response(stream).text()`. */
function wrappedUse({ names }: Resources, made: TSESTree.NewExpression): StreamUse {
  const origin = names.origin(made.callee);
  const member = meaningfulParent(made);
  const call = member?.type === T.MemberExpression ? meaningfulParent(member) : undefined;
  const isBody = origin?.module === "global" && origin.path[0] === "Response";
  return isBody && call?.type === T.CallExpression ? { ...released, end: call } : released;
}

function listenerUse(resources: Resources, call: TSESTree.CallExpression): StreamUse {
  const event = listeningOf(resources, call)?.event;
  if (event === undefined || event === "data" || event === "readable") return released;
  if (!ENDS.includes(event)) return nothing;
  const promise = promiseAround(call);
  const wait = promise && eventWaitOf(resources, promise);
  return wait && !wait.otherwise ? { ...nothing, end: promise } : nothing;
}

function promiseAround(node: TSESTree.Node): TSESTree.Node | undefined {
  const owner = ownerOf(node);
  const parent = owner && meaningfulParent(owner);
  return parent?.type === T.NewExpression && parent.arguments[0] === owner ? parent : undefined;
}
