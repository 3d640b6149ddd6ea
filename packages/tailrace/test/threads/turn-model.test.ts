// A model of how threads take turns, written down on its own: parties that put and take again and again, for ever. The
// states are finite, so all of them are looked at, with their cycles: whoever waits can be served from each of them, and
// is, once nobody begins anything new.
import { describe, expect, test } from "vitest";

type Place = "unused" | "reserved" | "waiting" | "granted";

/** Where a party is in its program; the numbers are what it has found so far. */
type At =
  | { readonly is: "idle" | "enter" | "arrive" | "sleep" | "claim" | "give up" | "work" | "dead" | "gone" }
  | { readonly is: "look"; readonly full: boolean }
  | { readonly is: "scan"; readonly full: boolean; readonly next: number; readonly best: number }
  | { readonly is: "grant" | "take back"; readonly to: number };

interface State {
  readonly full: boolean;
  readonly hold: "free" | { readonly offered: number } | { readonly owned: number };
  readonly news: boolean;
  readonly places: readonly Place[];
  /** Who waits, in the order in which they came. */
  readonly order: readonly number[];
  readonly parties: readonly At[];
}

interface Step {
  readonly to: State;
  /** Whether somebody begins something, gives up or dies: that need not happen. */
  readonly isFree: boolean;
}

const NOBODY = -1;

/** All steps that can be made. The last party repairs what the dead have left. */
function stepsOf(state: State, puts: readonly boolean[], mayDie: number): Step[] {
  const { full, hold, news, places, order, parties } = state;
  const repairer = puts.length;
  const steps: Step[] = [];
  const wants = (who: number, isFull: boolean): boolean => puts[who] !== isFull;
  const isOffer = (to: number): boolean => typeof hold === "object" && "offered" in hold && hold.offered === to;
  const isOwned = (by: number): boolean => typeof hold === "object" && "owned" in hold && hold.owned === by;
  for (const [who, at] of parties.entries()) {
    const go = (next: At, change: Partial<State> = {}, isFree = false): void => {
      steps.push({ to: { ...state, ...change, parties: parties.with(who, next) }, isFree });
    };
    const place = (value: Place): readonly Place[] => places.with(who, value);
    const others = order.filter((one) => one !== who);
    const turn = { hold: { owned: who }, places: place("unused"), order: others };
    const fits = wants(who, full);
    if (who === mayDie && at.is !== "dead" && at.is !== "gone") go({ is: "dead" }, {}, true);
    if (at.is === "idle" && who !== repairer) {
      if (hold === "free" && fits) go({ is: "work" }, { hold: { owned: who } }, true);
      else go({ is: "enter" }, { places: place("reserved") }, true);
    } else if (at.is === "enter") go({ is: "arrive" }, { places: place("waiting"), order: [...order, who] });
    else if (at.is === "arrive") {
      if (fits && (hold === "free" || isOffer(who))) go({ is: "work" }, turn);
      else go({ is: "sleep" }, { news: true });
    } else if (at.is === "sleep") {
      if (places[who] === "granted") go({ is: "claim" });
      go({ is: "give up" }, { places: place("reserved") }, true);
    } else if (at.is === "claim") {
      if (fits && isOffer(who)) go({ is: "work" }, turn);
      else go({ is: "arrive" }, { places: place("waiting") });
    } else if (at.is === "give up") {
      if (fits && isOffer(who)) go({ is: "work" }, turn);
      else go({ is: "idle" }, { places: place("unused"), order: others });
    } else if (at.is === "work") go({ is: "look", full: !full });
    else if (at.is === "look") go({ is: "scan", full: at.full, next: 0, best: NOBODY }, { news: false });
    else if (at.is === "scan") {
      const { next, best } = at;
      if (next < puts.length) {
        const isCandidate = places[next] === "waiting" && wants(next, at.full);
        const isFirst = best === NOBODY || order.indexOf(next) < order.indexOf(best);
        go({ ...at, next: next + 1, best: isCandidate && isFirst ? next : best });
      } else if (news || (best !== NOBODY && places[best] !== "waiting")) go({ is: "look", full: at.full });
      else if (best === NOBODY) go({ is: "idle" }, { hold: "free", full: at.full });
      else go({ is: "grant", to: best }, { hold: { offered: best }, full: at.full });
    } else if (at.is === "grant") {
      if (places[at.to] === "waiting") go({ is: "idle" }, { places: places.with(at.to, "granted") });
      else go(places[at.to] === "granted" ? { is: "idle" } : { is: "take back", to: at.to });
    } else if (at.is === "take back") {
      if (isOffer(at.to)) go({ is: "look", full }, { hold: { owned: who } });
      else go({ is: "idle" });
    }
  }
  const dead = parties.findIndex(({ is }) => is === "dead");
  if (dead !== NOBODY) {
    const gone = parties.with(dead, { is: "gone" });
    const left = { parties: gone, places: places.with(dead, "unused"), order: order.filter((one) => one !== dead) };
    const takeOver = { ...left, hold: { owned: repairer }, parties: gone.with(repairer, { is: "look", full }) };
    const offered = typeof hold === "object" && "offered" in hold ? hold.offered : NOBODY;
    const isWaiting = left.places[offered] === "waiting";
    if (isOwned(dead)) steps.push({ to: { ...state, ...takeOver }, isFree: false });
    else if (offered === NOBODY || left.places[offered] === "granted") {
      steps.push({ to: { ...state, ...left }, isFree: false });
    } else if (isWaiting) {
      steps.push({ to: { ...state, ...left, places: left.places.with(offered, "granted") }, isFree: false });
    } else steps.push({ to: { ...state, ...takeOver }, isFree: false });
  }
  return steps;
}

interface Node {
  readonly state: State;
  /** Numbers of the states to which steps lead, and of those to which the steps lead that have to be made. */
  readonly all: number[];
  readonly bound: number[];
}

function graph(puts: readonly boolean[], mayDie: number): Node[] {
  const idle: At = { is: "idle" };
  const start: State = {
    full: false,
    hold: "free",
    news: false,
    places: [...puts, NOBODY].map(() => "unused"),
    order: [],
    parties: [...puts.map(() => idle), idle],
  };
  const numbers = new Map<string, number>([[JSON.stringify(start), 0]]);
  const nodes: Node[] = [{ state: start, all: [], bound: [] }];
  for (const node of nodes) {
    for (const { to, isFree } of stepsOf(node.state, puts, mayDie)) {
      const key = JSON.stringify(to);
      let number = numbers.get(key);
      if (number === undefined) {
        number = nodes.length;
        numbers.set(key, number);
        nodes.push({ state: to, all: [], bound: [] });
      }
      node.all.push(number);
      if (!isFree) node.bound.push(number);
    }
  }
  return nodes;
}

function waits({ parties }: State, who: number): boolean {
  return ["arrive", "sleep", "claim"].includes(parties[who]?.is ?? "");
}

/** The states from which one can come to such a state. */
function reaching(nodes: readonly Node[], isGoal: (state: State) => boolean): Uint8Array {
  const before: number[][] = nodes.map(() => []);
  for (const [number, { all }] of nodes.entries()) for (const next of all) before[next]?.push(number);
  const reaches = new Uint8Array(nodes.length);
  const queue: number[] = [];
  for (const [number, { state }] of nodes.entries()) if (isGoal(state)) queue.push(number);
  for (const number of queue) reaches[number] = 1;
  for (let number = queue.pop(); number !== undefined; number = queue.pop()) {
    for (const one of before[number] ?? []) {
      if (reaches[one] === 1) continue;
      reaches[one] = 1;
      queue.push(one);
    }
  }
  return reaches;
}

/** The steps that have to be made lead nowhere back to where they began. */
function alwaysEnds(nodes: readonly Node[]): boolean {
  const degrees = new Int32Array(nodes.length);
  for (const { bound } of nodes) for (const next of bound) degrees[next] = (degrees[next] ?? 0) + 1;
  const queue = [...degrees.keys()].filter((number) => degrees[number] === 0);
  let ended = 0;
  for (let number = queue.pop(); number !== undefined; number = queue.pop()) {
    ended++;
    for (const next of nodes[number]?.bound ?? []) {
      degrees[next] = (degrees[next] ?? 0) - 1;
      if (degrees[next] === 0) queue.push(next);
    }
  }
  return ended === nodes.length;
}

const PUTS = true;
const TAKES = false;

describe.each([
  ["one puts, one takes, one of which may die", [PUTS, TAKES], 0],
  ["one puts, one takes, the other of which may die", [PUTS, TAKES], 1],
  ["one puts, two take", [PUTS, TAKES, TAKES], NOBODY],
  ["two put, one takes", [PUTS, PUTS, TAKES], NOBODY],
  ["one puts, two take, one of which may die", [PUTS, TAKES, TAKES], 2],
  ["two put, one of which may die, one takes", [PUTS, PUTS, TAKES], 0],
] as const)("%s", (_, puts, mayDie) => {
  const nodes = graph(puts, mayDie);

  test(`whoever waits can be served from each of ${nodes.length.toLocaleString("en")} states`, () => {
    for (const who of puts.keys()) {
      const reaches = reaching(nodes, ({ parties }) => parties[who]?.is === "work");
      // Where the only one is gone who puts, or who takes, nobody can help.
      const isAlone = (state: State): boolean =>
        puts.every((kind, other) => kind === puts[who] || ["dead", "gone"].includes(state.parties[other]?.is ?? ""));
      const lost = nodes.find(({ state }, number) => reaches[number] === 0 && waits(state, who) && !isAlone(state));
      expect(lost?.state).toBeUndefined();
    }
  });

  test("whoever waits and could be served is, if nobody begins anything new", () => {
    expect(alwaysEnds(nodes)).toBe(true);
    const ends = nodes.filter(({ bound }) => bound.length === 0);
    expect(ends.length).toBeGreaterThan(10);
    for (const { state } of ends) {
      expect(state.hold).toBe("free");
      for (const [who, kind] of puts.entries()) if (waits(state, who)) expect(kind).toBe(state.full);
    }
  });
});
