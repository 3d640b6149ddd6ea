// All that can happen between a broker and those who take part, one message at a time.
import { Box } from "../../src/processes/box.ts";
import { Client } from "../../src/processes/client.ts";
import type { Message, Request } from "../../src/processes/messages.ts";
import { NOTHING } from "../../src/processes/messages.ts";
import type { Peer } from "../../src/processes/peer.ts";

/** What a party does: once, with a value of its own. */
export type Act = "put" | "take" | "read" | "swap" | "modify" | "tryTake" | "tryPut";

type Outcome =
  "idle" | "waits" | "changes" | "gave up" | "died" | { readonly got: number | undefined; readonly by: string };

interface Party {
  readonly act: Act;
  readonly peer: Peer;
  readonly client: Client;
  readonly toBroker: (Message | "end")[];
  readonly toClient: Message[];
  outcome: Outcome;
  /** Set as soon as it has given up, which for a put may not be the end. */
  aborted: boolean;
  dead: boolean;
  /** Whether somebody had died who had the value. */
  told: boolean;
  id: number;
}

const TAKERS: readonly string[] = ["take", "swap", "borrow"];

/** One run, as far as it has come. */
export class World {
  readonly #box = new Box(1);
  readonly #parties: Party[];
  /** How many there may still be. */
  #faults: number;
  /** Requests that wait in the broker, in the order in which they came, as somebody who only listens sees it. */
  readonly #arrived: { readonly nth: number; readonly id: number; readonly type: string }[] = [];
  /** Values in whose place others were put. */
  readonly #replaced: number[] = [];

  /** @param faults how often at most somebody gives up or dies */
  constructor(acts: readonly Act[], faults: number) {
    this.#faults = faults;
    this.#parties = acts.map((act, nth) => {
      const toBroker: (Message | "end")[] = [];
      const toClient: Message[] = [];
      const receive = (message: Message): void => {
        this.#hear(nth, message);
        toClient.push(message);
      };
      const peer: Peer = { owner: `process ${nth.toString()}`, waiting: new Map(), receive };
      const client = new Client((message) => toBroker.push(message));
      return {
        act,
        peer,
        client,
        toBroker,
        toClient,
        outcome: "idle",
        aborted: false,
        dead: false,
        told: false,
        id: 0,
      };
    });
  }

  /** What can happen now. */
  get steps(): readonly (readonly [what: string, nth: number])[] {
    return this.#parties.flatMap((party, nth) => {
      const can: string[] = [];
      if (party.outcome === "idle" && !party.dead) can.push("begins");
      if (party.toBroker.length > 0) can.push("is heard");
      if (party.toClient.length > 0 && !party.dead) can.push("hears");
      const isUnderWay = party.outcome === "waits" && !party.dead;
      if (isUnderWay && !party.aborted && !isTry(party.act) && this.#faults > 0) can.push("aborts");
      if (party.outcome !== "idle" && !party.dead && this.#faults > 0) can.push("dies");
      return can.map((what) => [what, nth] as const);
    });
  }

  take([what, nth]: readonly [what: string, nth: number]): void {
    const party = this.#parties[nth];
    if (party === undefined) throw new Error(`no party ${nth.toString()}`);
    if (what === "begins") this.#begin(party, nth);
    else if (what === "is heard") this.#deliver(party, nth);
    else if (what === "hears") {
      const message = party.toClient.shift();
      if (message !== undefined) party.client.receive(message);
    } else if (what === "aborts") {
      this.#faults--;
      party.aborted = true;
      if (party.client.giveUp(party.id)) party.outcome = "gave up";
    } else {
      this.#faults--;
      party.dead = true;
      party.toClient.length = 0;
      party.toBroker.push("end"); // what it has sent is read before
    }
  }

  /** The state, so that no two that behave differently are alike. */
  get key(): string {
    const line = (asks: Iterable<{ readonly peer: Peer; readonly id: number }>): string =>
      Array.from(asks, ({ peer, id }) => `${peer.owner}.${id.toString()}`).join();
    const { value, loan, died, readers, takers, putters } = this.#box;
    return JSON.stringify([
      [value?.[0], loan && [loan.value[0], loan.ask.peer.owner], died, line(readers), line(takers), line(putters)],
      this.#parties.map(({ toBroker, toClient, outcome, aborted, dead, told, client }) => [
        toBroker.map((message) => (message === "end" ? message : message.type)),
        toClient.map(({ type, payload }) => [type, payload[0]]),
        [outcome, aborted, dead, told, [...client.asked.keys()]],
      ]),
      [this.#replaced, this.#faults],
    ]);
  }

  /** Nothing can happen any more: nobody waits for what is there, and nobody was forgotten. */
  checkEnd(): void {
    const { value, loan, readers, takers, putters } = this.#box;
    const waiting = this.#parties.filter(({ outcome, dead }) => outcome === "waits" && !dead);
    const inBox = [...readers, ...takers, ...putters].length;
    if (loan !== undefined) throw new Error("what is on loan never comes back");
    if (waiting.length !== inBox)
      throw new Error(`${waiting.length.toString()} wait, and the box has ${inBox.toString()}`);
    for (const { act } of waiting) {
      if ((act === "put") !== (value !== undefined)) throw new Error(`${act} waits, and could go on`);
    }
    const told = this.#parties.filter((party) => party.told).length;
    const died = this.#parties.filter(({ act, dead }) => act === "modify" && dead).length;
    if (told > died) throw new Error(`${told.toString()} were told of ${died.toString()}`);
  }

  #begin(party: Party, nth: number): void {
    party.outcome = "waits";
    const type: Request = party.act === "modify" ? "borrow" : party.act;
    const puts = ["put", "swap", "tryPut", "trySwap"].includes(type);
    party.id = party.client.ask(
      {
        type,
        thing: 0,
        answer: (message) => {
          this.#answer(party, nth, message);
        },
        desert: () => undefined,
      },
      puts ? Uint8Array.of(nth) : NOTHING,
    );
  }

  #answer(party: Party, nth: number, { type, payload }: Message): void {
    if (type === "note") return;
    if (type === "died") party.told = true;
    if (type === "undone") party.outcome = "gave up";
    else if (type === "value" && party.act === "modify") {
      party.outcome = "changes";
      // Its function has been called, and a value of its own goes in.
      const asker = {
        type: "replace" as const,
        thing: 0,
        answer: ({ type: by }: Message) => (party.outcome = { got: payload[0], by }),
        desert: () => undefined,
      };
      party.client.askAgain(party.id, asker, Uint8Array.of(nth));
    } else party.outcome = { got: type === "value" ? payload[0] : undefined, by: type };
  }

  #deliver({ peer, toBroker }: Party, nth: number): void {
    const message = toBroker.shift();
    if (message === undefined) return;
    if (message === "end") {
      for (const [index, waiting] of [...this.#arrived.entries()].reverse()) {
        if (waiting.nth === nth) this.#arrived.splice(index, 1);
      }
      this.#box.lost(peer);
      return;
    }
    const { type, id } = message;
    if (type === "undo") this.#leave(nth, id);
    else if (["put", "read", ...TAKERS].includes(type)) this.#arrived.push({ nth, id, type });
    const lent = this.#box.loan?.value[0];
    if (type === "replace" && lent !== undefined) this.#replaced.push(lent);
    this.#box.handle(peer, message);
  }

  /** Who is served came first among those who want the same, and readers before all who take. */
  #hear(nth: number, { type, id }: Message): void {
    if (type !== "value" && type !== "done" && type !== "died") return;
    const served = this.#arrived.find((waiting) => waiting.nth === nth && waiting.id === id);
    if (served === undefined) return; // nobody had to wait for that
    const first = this.#arrived.find((waiting) =>
      TAKERS.includes(served.type) ? TAKERS.includes(waiting.type) : waiting.type === served.type,
    );
    if (first !== served) throw new Error(`${served.type} of ${nth.toString()} is served before its turn`);
    const isPassedBy = TAKERS.includes(served.type) && this.#arrived.some((waiting) => waiting.type === "read");
    if (isPassedBy) throw new Error("a value is taken that somebody waits to read");
    this.#leave(nth, id);
  }

  #leave(nth: number, id: number): void {
    const index = this.#arrived.findIndex((waiting) => waiting.nth === nth && waiting.id === id);
    if (index !== -1) this.#arrived.splice(index, 1);
  }

  /** No value is in two places, none that was put is nowhere, and none is anywhere whose put was given up. */
  check(): void {
    const { value, loan } = this.#box;
    const taken = this.#parties.flatMap(({ act, outcome }) =>
      typeof outcome === "object" && act !== "read" && act !== "modify" ? [outcome.got] : [],
    );
    // What has arrived is on loan until the broker knows.
    const lent = loan === undefined || taken.includes(loan.value[0]) ? undefined : loan.value[0];
    const places = [value?.[0], lent, ...taken, ...this.#replaced].filter((one) => one !== undefined);
    if (new Set(places).size < places.length) throw new Error(`a value is twice: ${places.join()}`);
    for (const [nth, { act, outcome }] of this.#parties.entries()) {
      const by = typeof outcome === "object" ? outcome.by : outcome;
      const isLost = by === "done" && act !== "read" && !places.includes(nth);
      if (isLost) throw new Error(`the value of ${nth.toString()} is lost`);
      const isThere = (by === "gave up" || by === "nothing") && places.includes(nth);
      if (isThere) throw new Error(`the value of ${nth.toString()} is there, though it was given up`);
    }
  }
}

function isTry(act: Act): boolean {
  return act.startsWith("try");
}
