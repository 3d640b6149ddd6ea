import fc from "fast-check";
import { channel, ChannelClosedError, EMPTY } from "tailrace";
import type { Channel } from "tailrace";
import { expect, test } from "vitest";
import { idle } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

/** A channel as one would write it without a thought for speed: what the real one has to agree with. */
class Naive {
  items: number[] = [];
  senders: { id: number; item: number }[] = [];
  receivers: number[] = [];
  closed = false;
  /** How each operation ended, by its number. */
  readonly outcomes = new Map<number, unknown>();
  readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  send(id: number, item: number): void {
    if (this.closed) this.outcomes.set(id, "closed");
    else if (this.trySend(item)) this.outcomes.set(id, "sent");
    else this.senders.push({ id, item });
  }

  trySend(item: number): boolean {
    if (this.closed) return false;
    const receiver = this.receivers.shift();
    if (receiver !== undefined) this.outcomes.set(receiver, item);
    else if (this.items.length < this.capacity) this.items.push(item);
    else return false;
    return true;
  }

  receive(id: number): void {
    const item = this.tryReceive();
    if (item !== EMPTY) this.outcomes.set(id, item);
    else if (this.closed) this.outcomes.set(id, "closed");
    else this.receivers.push(id);
  }

  tryReceive(): number | typeof EMPTY {
    const sender = this.senders.shift();
    if (sender !== undefined) {
      this.items.push(sender.item);
      this.outcomes.set(sender.id, "sent");
    }
    return this.items.shift() ?? EMPTY;
  }

  abort(id: number): void {
    if (!this.receivers.includes(id) && !this.senders.some((sender) => sender.id === id)) return;
    this.senders = this.senders.filter((sender) => sender.id !== id);
    this.receivers = this.receivers.filter((receiver) => receiver !== id);
    this.outcomes.set(id, "aborted");
  }

  close(): void {
    this.closed = true;
    for (const { id } of this.senders) this.outcomes.set(id, "closed");
    for (const id of this.receivers) this.outcomes.set(id, "closed");
    this.senders = [];
    this.receivers = [];
  }
}

/** The real channel, driven in the same way. */
class Real {
  readonly outcomes = new Map<number, unknown>();
  readonly #channel: Channel<number>;
  readonly #controllers = new Map<number, AbortController>();

  constructor(capacity: number) {
    this.#channel = channel<number>({ capacity });
  }

  get size(): number {
    return this.#channel.size;
  }

  send(id: number, item: number): void {
    this.#note(
      id,
      this.#channel.send(item, { signal: this.#signal(id) }).then(() => "sent"),
    );
  }

  receive(id: number): void {
    this.#note(id, this.#channel.receive({ signal: this.#signal(id) }));
  }

  trySend(item: number): boolean {
    return this.#channel.trySend(item);
  }

  tryReceive(): number | typeof EMPTY {
    return this.#channel.tryReceive();
  }

  abort(id: number): void {
    this.#controllers.get(id)?.abort("aborted");
  }

  close(): void {
    this.#channel.close();
  }

  #signal(id: number): AbortSignal {
    const controller = new AbortController();
    this.#controllers.set(id, controller);
    return controller.signal;
  }

  #note(id: number, work: Promise<unknown>): void {
    work.then(
      (value) => this.outcomes.set(id, value),
      (error: unknown) => this.outcomes.set(id, error instanceof ChannelClosedError ? "closed" : error),
    );
  }
}

type Step =
  | { readonly do: "send" | "receive" | "trySend" | "tryReceive" | "close" | "turn" }
  | { readonly do: "abort"; readonly back: number };

const steps = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.constantFrom<Step>({ do: "send" }, { do: "receive" }, { do: "trySend" }, { do: "tryReceive" }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("abort" as const), back: fc.nat(6) }) },
    { weight: 2, arbitrary: fc.constant<Step>({ do: "turn" }) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: "close" }) },
  ),
  { maxLength: 60 },
);

test("a channel agrees with the naive one, whatever is sent, received, aborted and closed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(0, 1, 2, 5, Infinity), steps, async (capacity, program) => {
      const naive = new Naive(capacity);
      const real = new Real(capacity);
      let id = 0;
      for (const step of program) {
        id++;
        switch (step.do) {
          case "send":
            naive.send(id, id);
            real.send(id, id);
            break;
          case "receive":
            naive.receive(id);
            real.receive(id);
            break;
          case "trySend":
            expect(real.trySend(id)).toBe(naive.trySend(id));
            break;
          case "tryReceive":
            expect(real.tryReceive()).toBe(naive.tryReceive());
            break;
          case "abort":
            naive.abort(id - step.back);
            real.abort(id - step.back);
            break;
          case "close":
            naive.close();
            real.close();
            break;
          case "turn":
            await Promise.resolve();
            break;
        }
        expect(real.size).toBe(naive.items.length);
      }
      naive.close();
      real.close();
      while (naive.items.length > 0) expect(real.tryReceive()).toBe(naive.tryReceive());
      await idle();
      expect(real.outcomes).toEqual(naive.outcomes);
    }),
    { numRuns: 400 },
  );
});

test("no item is lost or repeated while senders, loops and receivers come, go and give up", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(0, 1, 3),
      fc.array(fc.nat(9), { minLength: 1, maxLength: 40 }),
      fc.scheduler(),
      async (capacity, plan, scheduler) => {
        const ch = channel<number>({ capacity });
        const sent: number[] = [];
        const received: number[] = [];
        const work = plan.map(async (kind, item) => {
          await scheduler.schedule(Promise.resolve());
          const controller = new AbortController();
          if (kind < 4) {
            if (kind === 0)
              void scheduler.schedule(Promise.resolve()).then(() => {
                controller.abort();
              });
            await ch.send(item, { signal: controller.signal }).then(
              () => sent.push(item),
              () => undefined,
            );
          } else if (kind < 8) {
            if (kind === 4)
              void scheduler.schedule(Promise.resolve()).then(() => {
                controller.abort();
              });
            await ch.receive({ signal: controller.signal }).then(
              (got) => received.push(got),
              () => undefined,
            );
          } else {
            for await (const got of ch) {
              received.push(got);
              if (kind === 8) break;
            }
          }
        });
        await scheduler.waitIdle();
        ch.close();
        await Promise.all(work);
        for await (const item of ch) received.push(item);
        expect(received.sort((a, b) => a - b)).toEqual(sent.sort((a, b) => a - b));
      },
    ),
    { numRuns: 300 },
  );
});
