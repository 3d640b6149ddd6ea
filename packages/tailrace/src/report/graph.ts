import type { Snapshot, Wait } from "../waits/inspect.ts";
import { explore } from "./cycles.ts";

/** A task or a resource in the wait graph; a task that is waited on is both. */
export interface Vertex {
  /** Its place among the vertices, in the order in which the snapshot has them. */
  readonly index: number;
  readonly kind: string;
  readonly name: string;
  readonly isTask: boolean;
  /** Status of a task that does not just run, and state of a resource. */
  state: string | undefined;
  /** What it runs in. */
  parent: Vertex | undefined;
  readonly out: Link[];
  readonly in: Link[];
  /** How many steps it is away from where nobody waits for it, not counting the steps back of cycles. */
  layer: number;
  /** Number of the cycle of waits in which it is, from 1; 0 is none. */
  cycle: number;
}

/** From who waits to the resource, from there to who holds it, and from a task to a call of a limit inside it. */
export interface Link {
  readonly from: Vertex;
  readonly to: Vertex;
  readonly kind: "waits" | "held" | "calls";
  readonly wait: Wait | undefined;
  /** The kind, and the operation of a wait. */
  readonly sort: string;
  /** Whether it is a wait for the end of what runs inside of who waits, as the tree of tasks tells it. */
  isInTree: boolean;
  /** Whether it closes a cycle: without such links there is none. */
  isBack: boolean;
}

export interface Graph {
  /** Each before all to which its links lead, but for those that lead back. */
  readonly vertices: readonly Vertex[];
  readonly tasks: ReadonlyMap<number, Vertex>;
  readonly cycles: number;
}

/** The kind of what waits where that is not known, such as outside of tasks, and in browsers. */
const NOBODY = "unknown task";

/** The wait graph of a snapshot, with its layers and cycles. Takes time in proportion to its size. */
export function graphOf({ tasks, resources, waits, edges }: Snapshot): Graph {
  const all: Vertex[] = [];
  const known = new Map<number, Vertex>();
  const add = (kind: string, name: string, isTask: boolean, state: string | undefined): Vertex => {
    const links = { out: [], in: [] };
    const added = { index: all.length, kind, name, isTask, state, parent: undefined, ...links, layer: 0, cycle: 0 };
    all.push(added);
    return added;
  };

  for (const { id, kind, name, status } of tasks) {
    known.set(id, add(kind, name, true, status === "running" ? undefined : status));
  }
  const own = new Map(known);
  for (const { id, parent } of tasks) {
    const [task, around] = [own.get(id), parent === undefined ? undefined : own.get(parent)];
    if (task !== undefined) task.parent = around;
    if (task?.kind === "call") link(around, task, "calls");
    if (task?.kind === "lease") link(task, around, "held");
  }
  for (const { id, kind, name, state } of resources) {
    const task = own.get(id);
    if (task === undefined) known.set(id, add(kind, name, false, state));
    else task.state = [task.state, state].filter((part) => part !== undefined).join("; ");
  }
  for (const wait of waits) {
    const { id, kind, name, state } = wait.resource;
    const waiter = wait.waiter === undefined ? undefined : own.get(wait.waiter);
    let resource = known.get(id);
    if (resource === undefined) known.set(id, (resource = add(kind, name, false, state)));
    link(
      waiter ?? add(wait.task === undefined ? NOBODY : "task", wait.task ?? "", true, undefined),
      resource,
      "waits",
      wait,
    );
  }
  for (const { from, to, kind } of edges) if (kind === "held") link(known.get(from), known.get(to), "held");

  const { order, cycles } = explore(all);
  for (const { out } of all) for (const one of out) one.isInTree = waitsForOwn(one);
  for (const { layer, out } of order) {
    for (const { to, isBack } of out) if (!isBack) to.layer = Math.max(to.layer, layer + 1);
  }
  return { vertices: order, tasks: own, cycles };
}

/** Others that wait are what it waits for: then they tell more. */
function waitsForOwn({ from, to, wait }: Link): boolean {
  if (wait?.idle !== true || (from.cycle > 0 && from.cycle === to.cycle)) return false;
  const holders = to.out.filter(({ kind }) => kind === "held").map((link) => link.to);
  const areInside = holders.every(({ parent }) => parent !== undefined && (parent === to || parent === from));
  return areInside && holders.some(({ out }) => out.length > 0);
}

function link(from: Vertex | undefined, to: Vertex | undefined, kind: Link["kind"], wait?: Wait): void {
  if (from === undefined || to === undefined) return;
  const sort = wait === undefined ? kind : `waits ${wait.operation}`;
  const made = { from, to, kind, wait, sort, isInTree: false, isBack: false };
  from.out.push(made);
  to.in.push(made);
}
