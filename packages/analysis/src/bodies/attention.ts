import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { listeningOf } from "../listening/listening.ts";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { isCall, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { calledAt } from "../uses/places.ts";
import type { Use } from "../uses/uses.ts";
import { STREAM_FACTS } from "./client.ts";
import type { Client } from "./client.ts";

const READ_EVENTS: ReadonlySet<string | undefined> = new Set(["data", "readable", undefined]);

/** Whether a use reads the body, gives it up, or gives the response to somebody who may. */
export function isAttended(resources: Resources, { node, path }: Use, client: Client): boolean {
  const parent = meaningfulParent(node);
  const isBody = client.body === undefined || path.length > 0;
  if (parent?.type === T.CallExpression && unwrap(parent.callee) !== node) {
    const listening = listeningOf(resources, parent);
    if (listening?.target === node) return isBody && READ_EVENTS.has(listening.event);
    return !isPrinted(resources.names, parent) && !isKeptUnseen(resources.names, parent);
  }
  if (parent?.type !== T.MemberExpression || unwrap(parent.object) !== unwrap(node)) return true;
  const call = meaningfulParent(parent);
  const listening = call && listeningOf(resources, call);
  if (listening && unwrap(listening.target) !== unwrap(node)) return true;
  if (listening) return isBody && READ_EVENTS.has(listening.event);
  const name = memberName(parent);
  if (isBody && STREAM_FACTS.has(name)) return false;
  if (client.body === undefined && (name === "socket" || name === "connection")) return isEnded(parent);
  if (isBody && client.body !== undefined) return true;
  return client.facts ? !client.facts.has(name) : false;
}

/** `response.socket.destroy()`; what is only asked of a socket is nothing. */
function isEnded(socket: TSESTree.MemberExpression): boolean {
  const member = meaningfulParent(socket);
  if (member?.type !== T.MemberExpression || unwrap(member.object) !== socket) return true;
  return calledAt(member) !== undefined;
}

function isPrinted(names: Names, call: TSESTree.CallExpression): boolean {
  const origin = names.origin(call.callee);
  return origin?.module === "global" && origin.path[0] === "console";
}

const PUTS: ReadonlySet<string | undefined> = new Set(["push", "unshift", "add", "set"]);

/** `kept.push(response)`, where nobody takes anything out of the list. */
function isKeptUnseen(names: Names, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== T.MemberExpression || !PUTS.has(memberName(callee)) || !isDropped(call)) return false;
  const list = unwrap(callee.object);
  const variable = names.variable(list);
  const made = names.held(list);
  if (!variable || (made?.type !== T.ArrayExpression && made?.type !== T.NewExpression)) return false;
  return variable.references.every((reference) => {
    if (reference.init === true) return reference.identifier.parent.parent?.parent?.type !== T.ExportNamedDeclaration;
    const member = meaningfulParent(reference.identifier);
    if (member?.type !== T.MemberExpression || unwrap(member.object) !== reference.identifier) return false;
    const name = memberName(member);
    const use = meaningfulParent(member);
    return name === "length" || name === "size" || (PUTS.has(name) && use?.type === T.CallExpression && isDropped(use));
  });
}

function isDropped(call: TSESTree.CallExpression): boolean {
  return meaningfulParent(call)?.type === T.ExpressionStatement;
}

const ENDING: ReadonlySet<string | undefined> = new Set([
  ..."destroy abort terminate closeAllConnections destroySoon".split(" "),
]);

const STOPPING: ReadonlySet<string | undefined> = new Set(["process.exit", "process.kill"]);

/** What ends the process, or the connections with all that is left on them: nothing waits for them after it. */
export function endingsIn(resources: Resources, body: TSESTree.Node): TSESTree.Node[] {
  const { names } = resources;
  return findAll(body, isCall).filter((call) => {
    const origin = names.origin(call.callee);
    if (STOPPING.has(origin?.path.join("."))) return true;
    const callee = unwrap(call.callee);
    if (callee.type !== T.MemberExpression) return false;
    return ENDING.has(memberName(callee)) && !resources.is(resources.of(callee.object), "fs.WriteStream");
  });
}
