import type { Party } from "../waits/context.ts";
import type { Description, WaitRecord } from "../waits/registry.ts";
import type { Slot, SlotState } from "./slot.ts";
import type { Slots } from "./slots.ts";

const SHOWN: readonly SlotState[] = [
  "leased",
  "admitted",
  "ready",
  "checking",
  "resetting",
  "cleaning",
  "preparing",
  "spawning",
  "terminating",
  "quarantined",
];

const AWAITS: Readonly<Record<string, string>> = {
  acquire: "a lease",
  admit: "a ready instance",
  ready: "its first instances",
  drain: "all leases to be given back",
  close: "all instances to end",
};

/** The state of a pool, and why what waits for it does not get it. */
export function describe<T>(pool: Slots<T>, { operation, party }: WaitRecord): Description {
  const { counts, slots } = pool;
  const parts = SHOWN.filter((state) => counts[state] > 0).map((state) => `${counts[state].toString()} ${state}`);
  const state = `${slots.length === 1 ? "1 slot" : `${slots.length.toString()} slots`}: ${parts.length === 0 ? "all empty" : parts.join(", ")}`;
  const remark = operation === "drain" || operation === "close" ? undefined : (nested(pool, party) ?? why(pool));
  const figures = { slots: slots.length, leased: counts.leased, ready: counts.ready };
  return { state, awaits: AWAITS[operation] ?? "it", ...(remark === undefined ? undefined : { remark }), figures };
}

/**
 * Whoever waits may have what they wait for. Then all do that perhaps, and nobody goes on unless there is one more than
 * each can have while it lacks its last: HikariCP's formula for the size of a pool.
 */
function nested<T>(pool: Slots<T>, party: Party | undefined): string | undefined {
  const own = leasesOf(pool.slots, party);
  if (own === 0) return undefined;
  const { tasks, most } = nesting(pool);
  const [all, each] = [Math.max(tasks, 1), Math.max(most, own)];
  const has = own === 1 ? "a lease" : `${own.toString()} leases`;
  return `who waits has ${has} of it already: pass that on, or let max be at least ${all.toString()} × (${(each + 1).toString()} − 1) + 1 = ${(all * each + 1).toString()}`;
}

/** How many of those who wait have something, and the most that one has. */
interface Nesting {
  /** What it was counted of. */
  readonly of: readonly unknown[];
  readonly tasks: number;
  readonly most: number;
}

/** A report describes all who wait, and that is the same for each. */
const counted = new WeakMap<object, Nesting>();

function nesting<T>(pool: Slots<T>): Nesting {
  const { slots, waiting, reports } = pool;
  const { acquired, released } = reports.totals;
  const of = [acquired, released, waiting.first, waiting.last, waiting.size];
  const before = counted.get(pool);
  if (before?.of.every((value, index) => value === of[index]) === true) return before;
  const parties = new Set<Party>();
  let most = 0;
  for (const { party } of waiting) {
    const held = leasesOf(slots, party);
    if (held === 0 || party === undefined) continue;
    parties.add(party);
    most = Math.max(most, held);
  }
  const now = { of, tasks: parties.size, most };
  counted.set(pool, now);
  return now;
}

/** How many somebody has, or what they are a part of. */
function leasesOf<T>(slots: readonly Slot<T>[], party: Party | undefined): number {
  if (party === undefined) return 0;
  const chain = new Set<Party | undefined>();
  for (let one: Party | undefined = party; one !== undefined; one = one.parent) chain.add(one);
  return slots.filter(({ state, parent }) => state === "leased" && parent !== undefined && chain.has(parent)).length;
}

/** Never started, started and not returned, or failed so many times: what can be told of those that are to come. */
function why<T>(pool: Slots<T>): string | undefined {
  const { counts, slots, failure } = pool;
  const at = performance.now();
  if (counts.leased === slots.length) return undefined; // the report says who has them
  const running = slots.filter(({ step }) => step !== undefined && step.step !== "reset");
  const begun = running.filter(({ step }) => step?.startedAt !== undefined);
  const oldest = begun.reduce<Slot<T> | undefined>((a, b) => (since(b) < since(a) ? b : a), undefined);
  const parts: string[] = [];
  if (failure !== undefined) {
    const times = failure.times === 1 ? "once" : `${failure.times.toString()} times`;
    parts.push(`${failure.step} has failed ${times}, at last with: ${text(failure.error)}`);
    const next = Math.min(...slots.filter(({ state }) => state === "quarantined").map(({ retryAt }) => retryAt));
    if (next !== Infinity) parts.push(`the next try is in ${Math.max(0, Math.ceil(next - at)).toString()} ms`);
  }
  if (oldest?.step !== undefined) {
    const ms = Math.round(at - since(oldest)).toString();
    parts.push(`${oldest.step.step} of slot ${oldest.id.toString()} was started ${ms} ms ago and has not returned`);
  } else if (running.length > 0) {
    parts.push(`${running[0]?.step?.step ?? "spawn"} was never started: others that run have to end first`);
  } else if (failure === undefined && counts.empty === slots.length) {
    parts.push("spawn was never started");
  }
  return parts.length === 0 ? undefined : parts.join("; ");
}

function since<T>(slot: Slot<T> | undefined): number {
  return slot?.step?.startedAt ?? Infinity;
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
