import fc from "fast-check";
import type { Snapshot } from "tailrace";

type Task = Snapshot["tasks"][number];

/** A snapshot in a few words. What has no place of its own among the tasks is a channel, and what waits is a task. */
export interface Plan {
  readonly tasks?: readonly (Partial<Task> & Pick<Task, "name">)[];
  /** Name of who waits, nothing if it is not known; of the operation; of what it waits for; since when; whether idle. */
  readonly waits?: readonly (readonly [
    waiter: string | undefined,
    operation: string,
    resource: string,
    since?: number,
    idle?: boolean,
  ])[];
  /** Names of resources, and of who holds them. */
  readonly held?: readonly (readonly [resource: string, holder: string])[];
}

export function snapshotOf({ tasks = [], waits = [], held = [] }: Plan): Snapshot {
  const numbers = new Map<string, number>();
  const idOf = (name: string): number => {
    const id = numbers.get(name) ?? numbers.size + 1;
    numbers.set(name, id);
    return id;
  };
  const runs = new Map<string, Task>();
  const names = [...waits.map(([waiter]) => waiter), ...held.map(([, holder]) => holder)];
  for (const task of [...tasks, ...names.filter((name) => name !== undefined).map((name) => ({ name }))]) {
    const { name } = task;
    if (!runs.has(name)) runs.set(name, { kind: "task", status: "running", began: 0, id: idOf(name), ...task });
  }
  const resources = new Map<string, Snapshot["resources"][number]>();
  for (const [, , name] of waits) {
    const holders = held.filter(([resource]) => resource === name).map(([, holder]) => idOf(holder));
    const waiters = 1 + (resources.get(name)?.waiters ?? 0);
    const kind = runs.get(name)?.kind ?? "channel";
    resources.set(name, { id: idOf(name), kind, name, state: "full", figures: {}, waiters, holders });
  }
  return {
    at: 10_000,
    tasks: [...runs.values()],
    resources: [...resources.values()],
    waits: waits
      .map(([waiter, operation, name, since = 0, idle = false]) => ({
        operation,
        resource: { id: idOf(name), kind: resources.get(name)?.kind ?? "", name, state: "full" },
        ...(waiter === undefined ? {} : { waiter: idOf(waiter), task: waiter }),
        since,
        awaits: "a receiver",
        idle,
      }))
      .sort((one, other) => one.since - other.since),
    edges: [
      ...waits.map(([from, , to]) => ({
        from: from === undefined ? 0 : idOf(from),
        to: idOf(to),
        kind: "waits" as const,
      })),
      ...held.map(([from, to]) => ({ from: idOf(from), to: idOf(to), kind: "held" as const })),
    ],
  };
}

const name = fc.oneof(
  fc.nat(30).map((number) => `task-${number.toString()}`),
  fc.constantFrom("north", "south", "read file", "אב"),
  fc.string({ unit: "binary", maxLength: 40 }),
);

/** Whatever may wait for whatever, with cycles, with what is both a task and a resource, and with names of all kinds. */
export const snapshots: fc.Arbitrary<Snapshot> = fc
  .record({
    tasks: fc.array(fc.record({ name, kind: fc.constantFrom("task", "scope", "sink", "call") }), { maxLength: 40 }),
    resources: fc.array(name, { minLength: 1, maxLength: 20 }),
    links: fc.array(fc.record({ task: fc.nat(50), resource: fc.nat(25), isWait: fc.boolean(), idle: fc.boolean() }), {
      maxLength: 120,
    }),
    parents: fc.array(fc.nat(60), { maxLength: 40 }),
  })
  .map(({ tasks, resources, links, parents }) => {
    const ids = new Map(tasks.map((task, id) => [task.name, id]));
    const nameAt = (place: number): string => tasks[place % (tasks.length + 3)]?.name ?? "";
    const resourceAt = (place: number): string =>
      place < 20 ? (resources[place % resources.length] ?? "") : nameAt(place);
    return snapshotOf({
      tasks: tasks.map((task, index) => {
        const parent = ids.get(nameAt(parents[index] ?? 60));
        return { ...task, ...(parent === undefined || parent >= index ? {} : { parent: parent + 1 }) };
      }),
      waits: links
        .filter(({ isWait }) => isWait)
        .map(({ task, resource, idle }, since) => [
          nameAt(task) === "" ? undefined : nameAt(task),
          ["send", "receive", "call"][since % 3] ?? "",
          resourceAt(resource),
          since,
          idle,
        ]),
      held: links
        .filter(({ isWait, task }) => !isWait && nameAt(task) !== "")
        .map(({ task, resource }) => [resourceAt(resource), nameAt(task)]),
    });
  });

/** Two that wait for each other, and one more for one of them. */
export const cycle: Snapshot = snapshotOf({
  waits: [
    ["one", "acquire", "a", 1000],
    ["two", "acquire", "b", 2000],
    ["three", "acquire", "b", 500],
  ],
  held: [
    ["a", "two"],
    ["b", "one"],
  ],
});
