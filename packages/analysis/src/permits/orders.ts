import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { resourcesOf } from "../resources/resources.ts";
import { rememberedOfFile } from "../resources/remembered.ts";
import type { Resources } from "../resources/resources.ts";
import { isSource, sourceFileOf } from "../source/program-files.ts";
import { rootObject } from "../source/syntax.ts";
import { ownerOf } from "../uses/places.ts";
import { isAlone, statementsOf } from "./alone.ts";
import { capacityOf } from "./capacity.ts";
import { holdsIn } from "./holds.ts";
import type { Hold } from "./holds.ts";
import { identityOf } from "./identity.ts";
import { demandsOf } from "./search.ts";
import type { Demand } from "./search.ts";

/** Two things that are taken one while the other is held, here in one order and there in the other. */
export interface OppositeOrder {
  /** What waits here for the second one. */
  readonly wait: TSESTree.Node;
  readonly here: Demand;
  readonly there: Demand;
}

/** Something waited for while something else is held. */
interface Order {
  readonly held: string;
  readonly wanted: string;
  readonly demand: Demand;
}

/** Places of a file that take two things in another order than some place of the file or, with types, of its program. */
export function findOppositeOrders(resources: Resources): OppositeOrder[] {
  const own = ordersIn(resources);
  if (own.length === 0) return [];
  const found = new Map<TSESTree.Node, OppositeOrder>();
  for (const order of own) {
    const all = [own, ...others(resources, order)].flat();
    const opposite = all.find((other) => isOpposite(order, other) && mayMeet(order, other) && !isGated(order, other));
    const wait = placeOf(resources, order.demand);
    if (opposite && !found.has(wait)) found.set(wait, { wait, here: order.demand, there: opposite.demand });
  }
  return [...found.values()];
}

const ordersIn: (resources: Resources) => readonly Order[] = rememberedOfFile((resources) =>
  holdsIn(resources).flatMap(ordersOf),
);

function ordersOf(hold: Hold): Order[] {
  const held = identityOf(hold.taking, hold.frames);
  if (held === undefined || capacityOf(hold.taking) === Infinity) return [];
  return demandsOf(hold).flatMap((demand): Order[] => {
    const { taking, frames } = demand;
    const wanted = taking.model.acquires ? identityOf(taking, frames) : undefined;
    if (wanted === undefined || wanted === held || capacityOf(taking) === Infinity) return [];
    return [{ held, wanted, demand }];
  });
}

function isOpposite(one: Order, other: Order): boolean {
  return one.held === other.wanted && one.wanted === other.held;
}

/** Whether both may be under way at once. */
function mayMeet({ demand: one }: Order, { demand: other }: Order): boolean {
  const isFew = ({ hold }: Demand): boolean => capacityOf(hold.taking) === 1 || !isAlone(hold.resources, hold.at);
  if (!isFew(one) || !isFew(other)) return false;
  if (one.hold.resources !== other.hold.resources) return true;
  const [here, there] = [one, other].map(({ hold }) => statementsOf(hold.resources, hold.at));
  // A script runs one statement after the other.
  return !here || !there || here.some((statement) => there.includes(statement));
}

/** Whether a third one is held around both, of which there is only one. */
function isGated(one: Order, other: Order): boolean {
  const around = ({ demand }: Order): Set<string> => {
    const { hold, taking } = demand;
    const gates = holdsIn(hold.resources).filter((gate) => {
      if (gate === hold || capacityOf(gate.taking) !== 1) return false;
      const within = demandsOf(gate).map((each) => each.taking.node);
      return within.includes(hold.taking.node) && within.includes(taking.node);
    });
    return new Set(gates.flatMap((gate) => identityOf(gate.taking, gate.frames) ?? []));
  };
  const gates = around(one);
  return [...around(other)].some((gate) => gates.has(gate));
}

function placeOf(resources: Resources, { hold, taking, frames }: Demand): TSESTree.Node {
  const [first] = frames.slice(hold.entered.length);
  if (first) return first.resources === resources ? first.node : hold.at;
  return taking.resources === resources ? taking.node : hold.at;
}

// Whoever has more files than these has tests that find it.
const MAX_FILES = 100;

/** The orders of the other files that speak of both. */
function others({ file, catalog }: Resources, { demand }: Order): (readonly Order[])[] {
  const { types } = file;
  if (!types?.parse) return [];
  const names = [demand.hold.taking, demand.taking].map(({ lender, resources }) => nameIn(resources, lender));
  if (names.includes("")) return [];
  const own = types.esTreeNodeToTSNodeMap.get(file.ast).getSourceFile();
  return types.program
    .getSourceFiles()
    .filter((other) => other !== own && isSource(other) && names.every((name) => other.text.includes(name)))
    .slice(0, MAX_FILES)
    .flatMap((other) => {
      const source = sourceFileOf(types, other);
      return source ? [ordersIn(resourcesOf(source, catalog))] : [];
    });
}

/** The name of what is the same in all files. */
function nameIn({ names }: Resources, lender: TSESTree.Node): string {
  const variable = names.variable(rootObject(lender));
  const declaration = variable?.defs[0]?.name as TSESTree.Node | undefined;
  return variable && declaration && ownerOf(declaration)?.type === T.Program ? variable.name : "";
}
