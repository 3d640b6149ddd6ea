import { channel, EMPTY, inspect } from "tailrace";
import type { Channel } from "tailrace";
import { explore } from "tailrace/testing";
import type { Step } from "tailrace/testing";
import { afterAll, describe, expect, test } from "vitest";

/** What the parties of one run do to the same channel, and what became of it. */
class Trial {
  readonly #channel: Channel<number>;
  readonly #controller = new AbortController();
  /** Items, in the order in which their sends were called; whether the send said that the item was sent. */
  readonly #sends: { readonly item: number; ok: boolean }[] = [];
  /** What the receives got, in the order in which they were called. */
  readonly #receives: { item: number | undefined }[] = [];

  constructor(capacity: number) {
    this.#channel = channel<number>({ capacity, name: "explored" });
  }

  readonly does: Readonly<Record<string, (nth: number, step: Step) => Promise<void> | void>> = {
    send: (nth) => this.#send(nth, { timeout: 50 }),
    "send twice": async (nth, step) => {
      await this.#send(nth, { timeout: 50 });
      await step();
      await this.#send(nth + 10, { timeout: 50 });
    },
    "send until aborted": (nth) => this.#send(nth, { signal: this.#controller.signal, timeout: 50 }),
    receive: () => this.#receive({ timeout: 50 }),
    "receive, impatient": () => this.#receive({ timeout: 20 }),
    "receive until aborted": () => this.#receive({ signal: this.#controller.signal, timeout: 50 }),
    iterate: async () => {
      const loop = this.#channel.values({ timeout: 50 })[Symbol.asyncIterator]();
      for (let got = 0; got < 2; got++) {
        const receive: { item: number | undefined } = { item: undefined };
        this.#receives.push(receive);
        const step = await loop.next().catch(() => undefined);
        if (step?.done !== false) return;
        receive.item = step.value;
      }
      await loop.return?.();
    },
    close: () => {
      this.#channel.close();
    },
    abort: () => {
      this.#controller.abort(new Error("aborted"));
    },
  };

  /** Nothing is lost, nothing comes twice, nothing comes that was not sent, and all of it comes in order. */
  check(): void {
    const received = this.#receives.map(({ item }) => item).filter((item) => item !== undefined);
    for (let item = this.#channel.tryReceive(); item !== EMPTY; item = this.#channel.tryReceive()) received.push(item);
    expect(received).toEqual(this.#sends.filter(({ ok }) => ok).map(({ item }) => item));
  }

  async #send(item: number, wait: { readonly signal?: AbortSignal; readonly timeout: number }): Promise<void> {
    const send = { item, ok: false };
    this.#sends.push(send);
    await this.#channel.send(item, wait).then(
      () => {
        send.ok = true;
      },
      () => undefined,
    );
  }

  async #receive(wait: { readonly signal?: AbortSignal; readonly timeout: number }): Promise<void> {
    const receive: { item: number | undefined } = { item: undefined };
    this.#receives.push(receive);
    receive.item = await this.#channel.receive(wait).catch(() => undefined);
  }
}

const kinds = Object.keys(new Trial(0).does);

/** All ways to choose so many of the kinds, the same one also several times. */
function choose(many: number, among: readonly string[]): string[][] {
  if (many === 0) return [[]];
  return among.flatMap((kind, nth) => choose(many - 1, among.slice(nth)).map((rest) => [kind, ...rest]));
}

/** Parties of one step each: three of them have schedules enough. */
const single = kinds.filter((kind) => !["send twice", "iterate"].includes(kind));

describe.each([0, 1])("a channel of capacity %i, under every schedule", (capacity) => {
  let schedules = 0;
  afterAll(() => {
    console.info(`a channel of capacity ${capacity.toString()}: ${schedules.toString()} schedules`);
  });

  test.each([...choose(2, kinds), ...choose(3, single)].map((parties) => [parties.join(" | "), parties] as const))(
    "%s",
    async (_, parties) => {
      const exploration = explore((explored) => {
        const trial = new Trial(capacity);
        parties.forEach((kind, nth) => {
          explored.party(`${nth.toString()}: ${kind}`, (step) => trial.does[kind]?.(nth + 1, step));
        });
        return () => {
          trial.check();
        };
      });
      const result = await exploration;
      expect(result.complete).toBe(true);
      schedules += result.schedules;
      expect(inspect().waits).toEqual([]);
    },
  );
});
