import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { acquisitionsIn } from "../leases/acquisition.ts";
import type { Acquisition } from "../leases/acquisition.ts";
import { holdingsOf } from "../leases/lease.ts";
import type { Lease } from "../leases/lease.ts";
import { rememberedOfFile } from "../resources/remembered.ts";
import type { Resources } from "../resources/resources.ts";
import { contains, isCall, isFunction, memberName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import type { Owner } from "../uses/places.ts";
import type { Frame, Frames } from "./frame.ts";
import { textOfLenders } from "./lender-text.ts";
import { isHeldAt } from "./region.ts";
import { heldFunction, takingOf } from "./taking.ts";
import type { Taking } from "./taking.ts";
import { frameOf, handedFrame, isBound, workOf } from "./work.ts";
import type { Work } from "./work.ts";

/** Something that is held while some code of a file runs. */
export interface Hold {
  readonly resources: Resources;
  readonly taking: Taking;
  /** The calls that led from this file to where it is taken. */
  readonly frames: Frames;
  /** The call in this file by which it is taken. */
  readonly at: TSESTree.CallExpression;
  /** Whose code holds it. */
  readonly owner: Owner;
  readonly inner: Resources;
  /** How the owner came to run, where it is a function that was given by its name. */
  readonly entered: Frames;
  /** From where on and until where; undefined where it is as long as the owner runs. */
  readonly lease: Lease | undefined;
}

/** All that is held in a file, by its own calls or by functions around them. */
export const holdsIn: (resources: Resources) => readonly Hold[] = rememberedOfFile((resources) => [
  ...directHolds(resources),
  ...borrowed(resources),
]);

const directHolds: (resources: Resources) => readonly Hold[] = rememberedOfFile((resources) => [
  ...findAll(resources.file.ast, isCall).flatMap((call) => during(resources, call)),
  ...acquisitionsIn(resources).flatMap((acquisition) => leased(resources, acquisition)),
]);

function leased(resources: Resources, acquisition: Acquisition): Hold[] {
  const taking = takingOf(resources, acquisition.taking);
  if (!taking) return [];
  const { call } = acquisition;
  const frame = call === taking.node ? undefined : frameOf(resources, call);
  const frames = frame ? [frame] : [];
  return holdingsOf(resources, acquisition).leases.map((lease) => {
    return { resources, taking, frames, at: call, owner: lease.owner, inner: resources, entered: [], lease };
  });
}

/** `mutex.runExclusive(async () => { … })` */
function during(resources: Resources, call: TSESTree.CallExpression): Hold[] {
  const taking = takingOf(resources, call);
  const held = taking && heldFunction(taking);
  return held ? heldWhile(resources, taking, [], call, held) : [];
}

function heldWhile(
  resources: Resources,
  taking: Taking,
  frames: Frames,
  at: TSESTree.CallExpression,
  held: TSESTree.Node,
): Hold[] {
  const node = unwrap(held);
  if (isFunction(node)) {
    return [{ resources, taking, frames, at, owner: node, inner: resources, entered: [], lease: undefined }];
  }
  const entered = handedFrame(resources, node);
  if (!entered) return [];
  const { callee } = entered;
  const { node: owner, resources: inner } = callee;
  return [{ resources, taking, frames, at, owner, inner, entered: [entered], lease: undefined }];
}

/** What a function holds while it runs what it was given. */
interface Loan {
  /** The parameter that it runs. */
  readonly index: number;
  readonly taking: Taking;
  readonly frames: Frames;
}

// A service around a store around a pool.
const MAX_DEPTH = 2;

const loans = new WeakMap<TSESTree.Node, readonly Loan[]>();

/** `withClient(async (client) => { … })`: held by a function of ours while it runs what it is given. */
function borrowed(resources: Resources): Hold[] {
  const takes = textOfLenders(resources.catalog);
  if (!takes) return [];
  return findAll(resources.file.ast, isCall).flatMap((call): Hold[] => {
    if (!call.arguments.some(mayBeFunction) || isBuiltIn(call) || takingOf(resources, call)) return [];
    const frame = frameOf(resources, call, takes);
    return frame
      ? lentBy(frame, 0).flatMap(({ index, taking, frames }) => {
          const held = call.arguments[index];
          return held ? heldWhile(resources, taking, [frame, ...frames], call, held) : [];
        })
      : [];
  });
}

const BUILT_IN: ReadonlySet<string | undefined> = new Set([
  ..."addEventListener catch every filter finally find findIndex flatMap forEach from includes indexOf join map".split(
    " ",
  ),
  ..."on once push reduce replace set some sort then".split(" "),
]);

/** Whether a call has the name of a method that holds nothing: to ask what it runs would be dear. */
function isBuiltIn({ callee }: TSESTree.CallExpression): boolean {
  return BUILT_IN.has(memberName(callee));
}

function mayBeFunction(node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  const { type } = expression;
  return isFunction(expression) || isBound(expression) || type === T.Identifier || type === T.MemberExpression;
}

function lentBy({ callee }: Frame, depth: number): readonly Loan[] {
  const { node, resources } = callee;
  let found = loans.get(node);
  if (!found) {
    loans.set(node, []);
    found = findLoans(resources, node, depth);
    loans.set(node, found);
  }
  return found;
}

function findLoans(resources: Resources, lender: Frame["callee"]["node"], depth: number): Loan[] {
  const { names } = resources;
  const indexOf = (node: TSESTree.Node): number => {
    const variable = names.variable(node);
    return lender.params.findIndex((one) => variable?.defs.some(({ name }) => name === one) === true);
  };
  const calledIn = (works: readonly Work[]): number[] =>
    works.flatMap(({ node }) => (isCall(node) ? [indexOf(unwrap(node.callee))] : []));
  const runBy = (given: TSESTree.Node): number[] => {
    const node = unwrap(given);
    return isFunction(node) ? calledIn(workOf(resources, node)) : [indexOf(node)];
  };
  const takes = textOfLenders(resources.catalog);
  const own = findAll(lender, isCall).flatMap((call): Loan[] => {
    const taking = takingOf(resources, call);
    const held = taking && heldFunction(taking);
    if (held) return runBy(held).map((index) => ({ index, taking, frames: [] }));
    const around = depth < MAX_DEPTH && !taking ? frameOf(resources, call, takes) : undefined;
    if (!around) return [];
    return lentBy(around, depth + 1).flatMap(({ index: at, taking: inner, frames }) => {
      const given = call.arguments[at];
      return given ? runBy(given).map((index) => ({ index, taking: inner, frames: [around, ...frames] })) : [];
    });
  });
  const others = directHolds(resources).flatMap((hold): Loan[] => {
    if (!hold.lease || !contains(lender, hold.at)) return [];
    const { taking, frames, owner } = hold;
    const held = workOf(resources, owner).filter((work) => isHeldAt(hold, work));
    return calledIn(held).map((index) => ({ index, taking, frames }));
  });
  return [...own, ...others].filter(({ index }) => index >= 0);
}
