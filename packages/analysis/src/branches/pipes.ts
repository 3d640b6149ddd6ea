import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Resources } from "../resources/resources.ts";
import { isCall, memberName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { ownerOf } from "../uses/places.ts";
import type { Happening } from "../uses/pending.ts";
import { usesOf } from "../uses/uses.ts";
import { unreadBeside } from "./branch.ts";
import type { Branch, BranchWait, UnreadBranch } from "./branch.ts";
import { streamUse } from "./consumers.ts";

const CHAINED = { parts: new Set<string>(), chained: new Set(["on", "once", "addListener", "setEncoding"]) };

/** A place from which a source is read into something. */
interface Attachment {
  readonly call: TSESTree.CallExpression;
  readonly source: TSESTree.Node;
  readonly into: TSESTree.Node;
}

/** Waits for one destination of a Node stream while another one is full, because nobody reads what comes out of it. */
export function unreadPipes(resources: Resources): UnreadBranch[] {
  const found: UnreadBranch[] = [];
  for (const group of groupsOf(resources)) {
    for (const waiting of group) {
      for (const other of group) {
        if (waiting === other || !mayFill(resources, other) || ownerOf(waiting.call) !== ownerOf(other.call)) continue;
        const beside = unreadBeside(resources, other.call, branchOf(resources, waiting), branchOf(resources, other));
        found.push(...beside.filter(({ wait }) => !found.some((before) => before.wait === wait)));
      }
    }
  }
  return found;
}

/** The attachments of each source. */
function groupsOf(resources: Resources): Attachment[][] {
  const groups = new Map<string, Attachment[]>();
  for (const attachment of findAll(resources.file.ast, isCall).flatMap((call) => attachmentOf(resources, call) ?? [])) {
    const key = resources.names.key(attachment.source);
    if (key === undefined) continue;
    groups.set(key, [...(groups.get(key) ?? []), attachment]);
  }
  return [...groups.values()];
}

function attachmentOf({ names, catalog }: Resources, call: TSESTree.CallExpression): Attachment | undefined {
  const callee = unwrap(call.callee);
  const [first, second] = call.arguments;
  if (callee.type === T.MemberExpression && memberName(callee) === "pipe") {
    return first ? { call, source: callee.object, into: first } : undefined;
  }
  const origin = names.origin(callee);
  const isPipeline = origin !== undefined && catalog.api(origin)?.role === "pipeline";
  return isPipeline && first && second ? { call, source: first, into: second } : undefined;
}

/** Whether it stops its source when nobody reads from it: a transform of this file, or one that Node makes. */
function mayFill(resources: Resources, { into }: Attachment): boolean {
  if (!resources.is(resources.of(into), "stream.Transform")) return false;
  const made = resources.maker(into);
  // A hash is a transform as well, but puts out nothing before its end.
  const isKnown = made && resources.is(resources.call(made)?.gives, "stream.Transform");
  return made !== undefined && (isKnown === true || resources.names.origin(made.callee) === undefined);
}

const MAX_LINKS = 3;

/** A destination, and what it is read into in its turn. */
function branchOf(resources: Resources, { call, into }: Attachment): Branch {
  const variables = new Set<Scope.Variable>();
  const releases: Happening[] = [];
  const waits: BranchWait[] = [];
  const add = (root: TSESTree.Node, isFirst: boolean, depth: number): void => {
    const found = usesOf(resources.names, root, CHAINED);
    for (const variable of found.variables) variables.add(variable);
    for (const { node, calls } of found.uses) {
      const use = streamUse(resources, node);
      const piped = pipedInto(node);
      if (use.releases && isFirst && !isAttachment(call, node)) releases.push({ node, calls });
      if (use.end) waits.push({ node: use.end, calls, effect: "hangs" });
      if (piped && depth < MAX_LINKS) {
        add(piped.call, false, depth + 1);
        add(rootOf(resources, piped.into), false, depth + 1);
      }
    }
  };
  add(rootOf(resources, into), true, 0);
  // `source.pipe(into)` is `into` once more.
  if (isPipe(call)) add(call, true, 0);
  else waits.push({ node: call, calls: [], effect: "hangs" });
  return { node: into, made: resources.maker(into), variables, releases, waits };
}

function isPipe(call: TSESTree.CallExpression): boolean {
  return memberName(call.callee) === "pipe";
}

function isAttachment(call: TSESTree.CallExpression, node: TSESTree.Node): boolean {
  return (
    call.arguments.some((argument) => unwrap(argument) === unwrap(node)) &&
    (isPipe(call) || call.arguments.length === 2)
  );
}

function pipedInto(node: TSESTree.Node): { call: TSESTree.CallExpression; into: TSESTree.Node } | undefined {
  const member = node.parent;
  if (member?.type !== T.MemberExpression || memberName(member) !== "pipe") return undefined;
  const call = member.parent;
  const [into] = call.type === T.CallExpression ? call.arguments : [];
  return call.type === T.CallExpression && into ? { call, into } : undefined;
}

function rootOf({ names }: Resources, node: TSESTree.Node): TSESTree.Node {
  const expression = unwrap(node);
  const variable = names.variable(expression);
  return (variable?.defs[0]?.name as TSESTree.Node | undefined) ?? expression;
}
