import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { isFunction, literalText, meaningfulParent, propertyValue, unwrap } from "../source/syntax.ts";
import { callsOf } from "../uses/functions.ts";
import { isAlone } from "./alone.ts";
import { capacityOf } from "./capacity.ts";
import { holdsIn } from "./holds.ts";
import type { Hold } from "./holds.ts";
import { identityOf } from "./identity.ts";
import { demandsOf } from "./search.ts";
import type { Demand } from "./search.ts";
import type { Taking } from "./taking.ts";

/** Something that is waited for by who holds it. */
export interface NestedPermit {
  /** What waits for it, in the analysed file. */
  readonly wait: TSESTree.Node;
  /** What takes it again, or waits until nobody has it; perhaps in another function or file. */
  readonly taking: Taking;
  readonly hold: Hold;
  /** How many may hold it at once, if that is known; `Infinity` where only who waits until it is idle waits at all. */
  readonly permits: number | undefined;
  /** The name of what is held. */
  readonly held: string | undefined;
  /** Whether a function calls itself while it holds it. */
  readonly isRecursive: boolean;
}

/** Whatever is taken again in a file by who holds it and waits. */
export function findNestedPermits(resources: Resources): NestedPermit[] {
  const demands = holdsIn(resources).flatMap((hold) => demandsOf(hold).filter(isAgain));
  const found = new Map<TSESTree.Node, NestedPermit>();
  for (const demand of demands) {
    const { hold, taking } = demand;
    const permits = capacityOf(hold.taking);
    if (!mayHang(demand, permits)) continue;
    const wait = waitOf(resources, demand, demands);
    const isRecursive = taking.node === hold.taking.node;
    if (!found.has(wait)) found.set(wait, { wait, taking, hold, permits, held: nameOf(hold), isRecursive });
  }
  return [...found.values()].filter(({ wait }) => !isPartOfAnother(wait, found));
}

/** `client` in `const client = await pool.connect()` and in `db.transaction(async (client) => …)`. */
function nameOf({ lease, owner }: Hold): string | undefined {
  const value = lease?.value;
  const parent = value && meaningfulParent(value);
  const parameter = isFunction(owner) ? owner.params[0] : undefined;
  const target = lease ? (parent?.type === T.VariableDeclarator ? parent.id : value) : parameter;
  return target?.type === T.Identifier ? target.name : undefined;
}

/** Whether it is the very thing that is held. */
function isAgain({ hold, taking, frames }: Demand): boolean {
  const identity = identityOf(hold.taking, hold.frames);
  if (identity === undefined) return false;
  return identityOf(taking, frames) === identity && !(isShared(hold.taking) && isShared(taking));
}

/** Readers do not wait for each other: `{ mode: "shared" }`. */
function isShared({ node }: Taking): boolean {
  const given = node.type === T.CallExpression ? node.arguments : [];
  return given.some((argument) => {
    const mode = propertyValue(unwrap(argument), "mode");
    return mode !== undefined && literalText(mode) === "shared";
  });
}

function mayHang({ hold, taking }: Demand, permits: number | undefined): boolean {
  if (taking.model.idle === true || permits === 1) return true;
  if (permits === Infinity || (permits === undefined && taking.model.idle === "queued")) return false;
  return !isAlone(hold.resources, hold.at);
}

/**
 * Where the fault is: what takes it, if that is only come to by who holds it; else the call of who holds it, which
 * should have called something else.
 */
function waitOf(resources: Resources, { hold, taking, frames }: Demand, demands: readonly Demand[]): TSESTree.Node {
  const calls = frames.slice(hold.entered.length);
  const [first] = calls;
  if (!first) return taking.resources === resources ? taking.node : hold.at;
  const isOnlyHeld = calls.every(({ callee }, index) => {
    if (callee.resources !== resources) return false;
    const known = callsOf(resources.names, callee.node);
    return known?.every((call) =>
      demands.some((other) => {
        if (other.taking.node !== taking.node) return false;
        return other.frames.slice(other.hold.entered.length)[index]?.node === call;
      }),
    );
  });
  if (isOnlyHeld) return taking.node;
  return first.resources === resources ? first.node : hold.at;
}

/** A chain of calls takes what it takes once: its innermost call says so. */
function isPartOfAnother(wait: TSESTree.Node, found: ReadonlyMap<TSESTree.Node, NestedPermit>): boolean {
  for (const other of found.keys()) {
    if (other !== wait && other.range[0] === wait.range[0] && other.range[1] < wait.range[1]) return true;
  }
  return false;
}
