import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { isFunction, meaningfulParent, memberName, propertyValue, targetIn, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { usesOf } from "../uses/uses.ts";
import type { Use } from "../uses/uses.ts";
import { unreadBeside } from "./branch.ts";
import type { Branch, BranchWait, Effect, UnreadBranch } from "./branch.ts";
import { streamUse } from "./consumers.ts";

const OPTIONS = { parts: new Set(["body"]), chained: new Set<string>() };

const FULL_READS: ReadonlySet<string> = new Set(
  "text json arrayBuffer blob bytes buffer formData textConverted".split(" "),
);
/** What a response tells without its body. */
const HEAD: ReadonlySet<string> = new Set(
  "clone status statusText ok headers url type redirected bodyUsed size timeout".split(" "),
);

/** Reads of a response, or of its clone, while the other of the two is unread. */
export function unreadClones(resources: Resources): UnreadBranch[] {
  return findAll(resources.file.ast, isClone).flatMap((call) => {
    const receiver = receiverOf(call);
    const effect = receiver && effectOf(resources, receiver);
    if (!receiver || !effect) return [];
    const root = receiverRoot(resources, receiver);
    const isShared = isParameter(resources, root);
    const original = { ...branchOf(resources, receiver, root, effect), isShared };
    const copy = branchOf(resources, holderOf(call), call, effect);
    return [...unreadBeside(resources, call, original, copy), ...unreadBeside(resources, call, copy, original)];
  });
}

function isClone(node: TSESTree.Node): node is TSESTree.CallExpression {
  return node.type === T.CallExpression && memberName(unwrap(node.callee)) === "clone";
}

function receiverOf(call: TSESTree.CallExpression): TSESTree.Node | undefined {
  const callee = unwrap(call.callee);
  return callee.type === T.MemberExpression ? unwrap(callee.object) : undefined;
}

/** The variable that a copy is kept in, or the copy itself. */
function holderOf(call: TSESTree.CallExpression): TSESTree.Node {
  const holder = targetIn(meaningfulParent(call));
  return holder?.type === T.Identifier ? holder : call;
}

/** Where the response came into the file: its declaration, or the expression itself if it has no name. */
function receiverRoot({ names }: Resources, receiver: TSESTree.Node): TSESTree.Node {
  const variable = names.variable(receiver);
  return (variable?.defs[0]?.name as TSESTree.Node | undefined) ?? receiver;
}

/** What a caller passed in, other than the result of a promise to a step of its chain. */
function isParameter({ names }: Resources, root: TSESTree.Node): boolean {
  const owner = names.variable(root)?.defs[0]?.node as TSESTree.Node | undefined;
  if (!isFunction(owner)) return false;
  const call = meaningfulParent(owner);
  return call?.type !== T.CallExpression || memberName(unwrap(call.callee)) !== "then";
}

function effectOf(resources: Resources, receiver: TSESTree.Node): Effect | undefined {
  if (receiver.type !== T.Identifier && receiver.type !== T.AwaitExpression) return undefined;
  switch (resources.of(receiver)) {
    case "node-fetch.Response":
      return isRoomy(resources, receiver) ? undefined : "hangs";
    case "global.Response":
      return "keeps";
    default:
      return undefined;
  }
}

/** `fetch(url, { highWaterMark })` says how much both may differ. */
function isRoomy(resources: Resources, receiver: TSESTree.Node): boolean {
  const options = resources.maker(receiver)?.arguments[1];
  return options !== undefined && propertyValue(unwrap(options), "highWaterMark") !== undefined;
}

function branchOf(resources: Resources, node: TSESTree.Node, root: TSESTree.Node, effect: Effect): Branch {
  const { uses, variables } = usesOf(resources.names, root, OPTIONS);
  const releases: Use[] = [];
  const waits: BranchWait[] = [];
  for (const use of uses) {
    const {
      releases: isRelease,
      end,
      cancel,
    } = use.path.length > 0 ? streamUse(resources, use.node) : responseUse(use);
    if (isRelease) releases.push(use);
    if (end) waits.push({ node: end, calls: use.calls, effect });
    if (cancel && effect === "keeps") waits.push({ node: cancel, calls: use.calls, effect: "uncancelled" });
  }
  return { node, variables, releases, waits };
}

function responseUse({ node }: Use): ReturnType<typeof streamUse> {
  const member = meaningfulParent(node);
  const name = member && memberName(member);
  const call = member && meaningfulParent(member);
  const isCalled = call?.type === T.CallExpression && unwrap(call.callee) === member;
  if (name !== undefined && isCalled && FULL_READS.has(name)) return { releases: true, end: call, cancel: undefined };
  return { releases: name === undefined || !HEAD.has(name), end: undefined, cancel: undefined };
}
