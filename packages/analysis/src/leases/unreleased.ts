import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { acquisitionsIn } from "./acquisition.ts";
import type { Acquisition } from "./acquisition.ts";
import { doubleReleaseOf } from "./double-releases.ts";
import type { DoubleRelease } from "./double-releases.ts";
import type { Leaving } from "./leaving.ts";
import { holdingsOf } from "./lease.ts";
import type { Lease } from "./lease.ts";
import { lossOf } from "./losses.ts";
import { isInTest } from "../uses/tests.ts";

/** Something taken that does not come back. */
export interface UnreleasedLease {
  readonly acquisition: Acquisition;
  /** The race that may leave it behind. */
  readonly race: TSESTree.Node | undefined;
  /** How code goes on without having given it back; undefined where nothing ever does. */
  readonly leaving: Leaving | undefined;
  /** Whether it is a file or a page, which nobody waits for, and not one of a few. */
  readonly isOpened: boolean;
  /** Whether it is a transaction, which is given back when it is committed or rolled back. */
  readonly isTransaction: boolean;
  /** A function by which it could be given back. */
  readonly releaser: TSESTree.Node | undefined;
  /** Whether anybody would say so: not only if something fails of which that is not expected. */
  readonly isCertain: boolean;
}

/** Leases, locks and permits of a file that are not given back on some path. */
export function findUnreleased(resources: Resources): UnreleasedLease[] {
  // A race between several is one fault.
  const reported = new Set<TSESTree.Node>();
  return acquisitionsIn(resources).flatMap((acquisition) => {
    const { leases, races } = holdingsOf(resources, acquisition);
    const isOpened = isClosed(resources, acquisition);
    const about = { acquisition, isOpened, isTransaction: isRolledBack(resources, acquisition) };
    const lost = races
      .filter(({ race }) => !isCancelled(acquisition) && !reported.has(race) && reported.add(race))
      .filter(({ race }) => !isInTest(resources, race))
      .map(({ race, isGuess }) => ({
        ...about,
        race,
        leaving: undefined,
        releaser: undefined,
        isCertain: !isGuess,
      }));
    const left = leases.flatMap((lease): UnreleasedLease[] => {
      const loss = lossOf(resources, lease);
      // What a test leaves open is closed when it ends.
      if (!loss || (isOpened && isInTest(resources, lease.owner))) return [];
      const leaving = loss === "never" ? undefined : loss.leaving;
      const isCertain = leaving?.likelihood !== "possible";
      return [{ ...about, race: undefined, leaving, releaser: lease.releasers[0], isCertain }];
    });
    return [...lost, ...left].slice(0, 1);
  });
}

/** Releases of a file that are done twice on some path. */
export function findDoubleReleases(resources: Resources): DoubleRelease[] {
  const leases = acquisitionsIn(resources).flatMap((acquisition) => holdingsOf(resources, acquisition).leases);
  const found = leases.flatMap((lease) => {
    const same = leases.filter((other) => other === lease || isOfSame(resources, other, lease));
    return doubleReleaseOf(resources, lease, new Set(same.flatMap(({ from }) => from))) ?? [];
  });
  // What is taken in one of two branches is released by the same call.
  return [...new Map(found.map((one) => [one.second, one])).values()];
}

/** Whether both are taken from the same thing: what was given back may be taken again, and then be given back again. */
function isOfSame({ names }: Resources, one: Lease, other: Lease): boolean {
  const keyOf = ({ acquisition }: Lease): string | undefined => {
    const callee = unwrap(acquisition.call.callee);
    return callee.type === T.MemberExpression ? names.key(callee.object) : undefined;
  };
  const key = keyOf(one);
  return one.owner === other.owner && key !== undefined && key === keyOf(other);
}

/** Whether what is taken is given back by its own `close()`. */
function isClosed(resources: Resources, { model }: Acquisition): boolean {
  return resources.method(model.resolves ?? model.gives, "close")?.releases === "receiver";
}

/** Whether its own `rollback()`, or that of the lender, gives it back. */
function isRolledBack(resources: Resources, { model, lender }: Acquisition): boolean {
  const kind = model.resolves ?? model.gives ?? (lender && resources.of(lender));
  return resources.method(kind, "rollback")?.releases === "receiver";
}

/** Whether the request is given a signal that takes it back. */
function isCancelled({ call }: Acquisition): boolean {
  const isSignal = (node: TSESTree.Node): node is TSESTree.Identifier =>
    node.type === T.Identifier && /signal|abort|timeout|deadline/iu.test(node.name);
  return call.arguments.some((argument) => findAll(argument, isSignal).length > 0);
}
