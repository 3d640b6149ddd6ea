import type { Snapshot, TaskState, Wait } from "../waits/inspect.ts";
import { put } from "../multimap.ts";
import { common, fewOf, numbering } from "./alike.ts";
import type { Graph } from "./graph.ts";
import { blurred } from "./words.ts";

/** A task, or many that are alike and have the same inside. */
export interface Branch {
  readonly kind: TaskState["kind"];
  /** Without what tells them apart, if they are many. */
  readonly name: string;
  readonly status: TaskState["status"];
  readonly many: number;
  /** What it waits for; of many, what the first of them does. */
  readonly waits: readonly Wait[];
  readonly isInCycle: boolean;
  readonly inside: Branches;
}

export interface Branches {
  /** What matters most comes first. */
  readonly shown: readonly Branch[];
  /** How many tasks are not in it, with all that is inside them. */
  readonly left: number;
}

const MOST_BESIDE = 25;
const MOST = 250;
const DEEPEST = 12;

/** A task, and what is known of all that is inside. */
interface Node {
  readonly task: TaskState;
  readonly waits: Wait[];
  readonly inside: Node[];
  readonly isInCycle: boolean;
  /** The same number for what is alike. */
  key: number;
  /** How many tasks it is, with those inside. */
  size: number;
  /** How much it matters: the less, the more. */
  severity: number;
  since: number;
}

/** What runs in what; of what is alike, one. */
export function treeOf({ tasks, waits }: Snapshot, graph: Graph): Branches {
  const nodes = new Map<number, Node>();
  for (const task of tasks) {
    const isInCycle = (graph.tasks.get(task.id)?.cycle ?? 0) > 0;
    const rank = { severity: isInCycle ? 0 : 3, since: task.began };
    nodes.set(task.id, { task, waits: [], inside: [], isInCycle, key: 0, size: 1, ...rank });
  }
  for (const wait of waits) if (wait.waiter !== undefined) nodes.get(wait.waiter)?.waits.push(wait);
  const roots: Node[] = [];
  for (const node of nodes.values()) {
    const around = node.task.parent === undefined ? undefined : nodes.get(node.task.parent);
    (around?.inside ?? roots).push(node);
  }
  const outsideIn = [...roots];
  for (const { inside } of outsideIn) for (const node of inside) outsideIn.push(node);
  const number = numbering();
  for (const node of outsideIn.reverse()) measure(node, number);
  return branches(roots, 0, { few: fewOf(nodes.size), room: MOST });
}

/** After all that is inside it. */
function measure(node: Node, number: (key: string) => number): void {
  const { task, waits, inside, isInCycle } = node;
  for (const wait of waits) worsen(node, { severity: isInCycle ? 0 : wait.idle ? 2 : 1, since: wait.since });
  const inner = new Map<number, number>();
  for (const part of inside) {
    inner.set(part.key, 1 + (inner.get(part.key) ?? 0));
    node.size += part.size;
    worsen(node, part);
  }
  const own = waits.map(({ operation, resource }) => `${operation} ${resource.kind} ${blurred(resource.name)}`);
  const parts = [...inner].sort(([one], [other]) => one - other);
  node.key = number(JSON.stringify([task.kind, blurred(task.name), task.status, isInCycle, own.sort(), parts]));
}

function worsen(node: Node, { severity, since }: Pick<Node, "severity" | "since">): void {
  if (severity > node.severity || (severity === node.severity && since >= node.since)) return;
  node.severity = severity;
  node.since = since;
}

function branches(nodes: readonly Node[], depth: number, limits: { readonly few: number; room: number }): Branches {
  const alike = new Map<number, Node[]>();
  for (const node of nodes) put(alike, node.key, node);
  const groups = [...alike.values()]
    .flatMap((group) => (group.length > limits.few ? [group] : group.map((node) => [node])))
    .map((group) => group.sort(bySeverity))
    .sort(([one], [other]) => (one && other ? bySeverity(one, other) : 0));
  const shown: Branch[] = [];
  let left = 0;
  for (const group of groups) {
    const [first] = group;
    if (first === undefined || shown.length === MOST_BESIDE || depth === DEEPEST || limits.room === 0) {
      left += group.reduce((sum, { size }) => sum + size, 0);
      continue;
    }
    limits.room--;
    const { task, waits, isInCycle } = first;
    const { kind, status } = task;
    const name = common(group.map((node) => node.task.name));
    const inside = branches(first.inside, depth + 1, limits);
    shown.push({ kind, name, status, many: group.length, waits, isInCycle, inside });
  }
  return { shown, left };
}

function bySeverity(one: Node, other: Node): number {
  return one.severity - other.severity || one.since - other.since;
}
