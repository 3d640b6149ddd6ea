import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import type { Owner } from "../uses/places.ts";
import type { Frames } from "./frame.ts";
import { isAsked, isDecided } from "./guards.ts";
import type { Hold } from "./holds.ts";
import { isHeldAt } from "./region.ts";
import type { Taking } from "./taking.ts";
import { workOf } from "./work.ts";
import type { Work } from "./work.ts";

/** Something that is waited for while something else, or the same, is held. */
export interface Demand {
  readonly hold: Hold;
  readonly taking: Taking;
  /** The calls that lead to it from the code that holds. */
  readonly frames: Frames;
}

// What is taken farther away is found where its file is looked at.
const MAX_DEPTH = 6;
const MAX_VISITS = 300;

const known = new WeakMap<Hold, readonly Demand[]>();

/** All that is waited for while something is held, the nearest first. */
export function demandsOf(hold: Hold): readonly Demand[] {
  let demands = known.get(hold);
  if (!demands) {
    demands = search(hold);
    known.set(hold, demands);
  }
  return demands;
}

interface Visit {
  readonly resources: Resources;
  readonly owner: Owner;
  readonly frames: Frames;
}

function search(hold: Hold): Demand[] {
  const found: Demand[] = [];
  const seen = new Set<TSESTree.Node>();
  const visits: Visit[] = [{ resources: hold.inner, owner: hold.owner, frames: hold.entered }];
  for (const { resources, owner, frames } of visits) {
    const isOwn = frames.length === hold.entered.length;
    for (const work of workOf(resources, owner)) {
      if (isOwn ? !isHeldAt(hold, work) : work.waiting.how === "listens") continue;
      if (!isOwn && isDecided(resources, work.node, owner)) continue;
      const { taking } = work;
      if (taking) {
        if (taking.node !== hold.taking.node || frames.length > 0) {
          if (!isAsked(resources, work.node, owner, taking.lender)) found.push({ hold, taking, frames });
        }
        continue;
      }
      if (frames.length - hold.entered.length >= MAX_DEPTH || visits.length >= MAX_VISITS) continue;
      const next = frameOnce(work, seen);
      if (next) visits.push({ resources: next.callee.resources, owner: next.callee.node, frames: [...frames, next] });
    }
  }
  return found;
}

/** Each call is followed once, in whatever way it is come to. */
function frameOnce(work: Work, seen: Set<TSESTree.Node>): Frames[number] | undefined {
  if (seen.has(work.node)) return undefined;
  seen.add(work.node);
  return work.frame();
}
