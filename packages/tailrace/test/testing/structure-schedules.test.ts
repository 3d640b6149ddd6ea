import { after, channel, EMPTY, fanOut, limit, receiveFrom, select, sendTo } from "tailrace";
import { explore } from "tailrace/testing";
import type { Exploration, Step } from "tailrace/testing";
import { afterAll, describe, expect, test } from "vitest";
import { callersAreKnown } from "../tasks.ts";

const counts: Record<string, number> = {};

afterAll(() => {
  console.info("schedules:", JSON.stringify(counts));
});

function note(structure: string, { schedules, complete }: Exploration): void {
  expect(complete).toBe(true);
  counts[structure] = (counts[structure] ?? 0) + schedules;
}

describe("select, under every schedule: one case happens, the others leave no trace", () => {
  test.each([
    ["at the slowest", 0, 0],
    ["also microtasks apart", 0, 2],
    ["at the slowest, with room", 1, 0],
    ["also microtasks apart, with room", 1, 2],
  ] as const)("to receive from two channels, %s", async (_, capacity, ticks) => {
    const exploration = await explore(
      (explored) => {
        const channels = [channel<string>({ capacity }), channel<string>({ capacity })] as const;
        const sent: string[] = [];
        const received: string[] = [];
        explored.party("selects", async () => {
          const chosen = await select([receiveFrom(channels[0]), receiveFrom(channels[1]), after(20)]);
          if (chosen.index !== 2) received.push(chosen.value);
        });
        channels.forEach((one, nth) => {
          explored.party(`sends ${nth.toString()}`, async () => {
            const item = `item ${nth.toString()}`;
            await one.send(item, { timeout: 50 }).then(
              () => sent.push(item),
              () => undefined,
            );
          });
        });
        return () => {
          for (const one of channels) {
            const rest = one.tryReceive();
            if (rest !== EMPTY) received.push(rest);
          }
          expect(received.sort()).toEqual(sent.sort());
        };
      },
      { ticks },
    );
    note("select", exploration);
  });

  test("to send to one of two, while both are received from and the whole may be aborted", async () => {
    const exploration = await explore((explored) => {
      const channels = [channel<number>(), channel<number>()] as const;
      const controller = new AbortController();
      let [sent, aborted] = [0, 0];
      const received: number[] = [];
      explored.party("selects", async () => {
        const { signal } = controller;
        await select([sendTo(channels[0], 1), sendTo(channels[1], 2)], { signal, timeout: 50 }).then(
          () => sent++,
          () => aborted++,
        );
      });
      for (const one of channels) {
        explored.party("receives", async () => {
          const item = await one.receive({ timeout: 20 }).catch(() => undefined);
          if (item !== undefined) received.push(item);
        });
      }
      explored.party("aborts", () => {
        controller.abort(new Error("stop"));
      });
      return () => {
        expect([sent + aborted, received.length]).toEqual([1, sent]);
      };
    });
    note("select", exploration);
  });
});

describe("a limit, under every schedule: permits are conserved, and every call settles", () => {
  const calls: Record<
    string,
    (limited: ReturnType<typeof limit>, signal: AbortSignal, fn: () => Promise<number>) => unknown
  > = {
    plain: (limited, _, fn) => limited(fn),
    failing: (limited, _, fn) => limited(() => fn().then(() => Promise.reject(new Error("fails")))),
    impatient: (limited, _, fn) => limited.with({ timeout: 20 })(fn),
    aborted: (limited, signal, fn) => limited.with({ signal })(fn),
    heavy: (limited, _, fn) => limited.with({ weight: 2, timeout: 50 })(fn),
    nested: (limited, _, fn) => limited(async () => [await limited(fn)]),
    cleared: (limited, _, fn) => {
      const call = limited(fn);
      limited.clearQueue();
      return call;
    },
  };
  const names = Object.keys(calls).filter((name) => callersAreKnown || name !== "nested");
  const cases = names.flatMap((one, nth) => names.slice(nth).map((two) => [one, two] as const));

  test.each(cases)("%s beside %s, and somebody aborts", async (...parties) => {
    const exploration = await explore((explored) => {
      const limited = limit(parties.includes("heavy") ? 2 : 1, { name: "explored" });
      const controller = new AbortController();
      let [running, settled] = [0, 0];
      for (const kind of parties) {
        const weight = kind === "heavy" ? 2 : 1;
        explored.party(kind, async (step) => {
          const fn = async (): Promise<number> => {
            running += weight;
            expect(running).toBeLessThanOrEqual(2);
            await step();
            running -= weight;
            return 1;
          };
          await Promise.allSettled([calls[kind]?.(limited, controller.signal, fn)]);
          settled++;
        });
      }
      explored.party("abort", () => {
        controller.abort(new Error("stop"));
      });
      return () => {
        expect([running, settled, limited.activeCount, limited.pendingCount]).toEqual([0, 2, 0, 0]);
      };
    });
    note("limit", exploration);
  });
});

describe("a fan-out, under every schedule: each sink gets all items in order, or says why not", () => {
  const items = [1, 2];
  /** However late the explorer lets it end, nothing is left behind. */
  const grace = Infinity;

  async function* source(step: Step): AsyncGenerator<number, void> {
    for (const item of items) {
      await step();
      yield item;
    }
  }

  const steady =
    (step: Step) =>
    async (given: AsyncIterable<number>): Promise<number[]> => {
      const all: number[] = [];
      for await (const item of given) {
        await step();
        all.push(item);
      }
      return all;
    };
  const leaving =
    (step: Step) =>
    async (given: AsyncIterable<number>): Promise<number> => {
      for await (const item of given) {
        await step();
        return item;
      }
      return 0;
    };
  const failing =
    (step: Step) =>
    async (given: AsyncIterable<number>): Promise<never> => {
      for await (const item of given) {
        await step();
        throw new Error(`item ${item.toString()}`);
      }
      throw new Error("no item");
    };

  test.each([0, 1])("with a buffer of %i, one sink leaves", async (buffer) => {
    const exploration = await explore((explored) => {
      let result: unknown;
      explored.party("fan-out", async (step) => {
        result = await fanOut(source(step), { steady: steady(step), leaving: leaving(step) }, { buffer, grace });
      });
      return () => {
        expect(result).toEqual({ steady: items, leaving: 1 });
      };
    });
    note("fanOut", exploration);
  });

  test.each([0, 1])("with a buffer of %i, one sink fails", async (buffer) => {
    const exploration = await explore((explored) => {
      let error: unknown;
      explored.party("fan-out", async (step) => {
        await fanOut(source(step), [steady(step), failing(step)], { buffer, grace }).catch((e: unknown) => {
          error = e;
        });
      });
      return () => {
        expect(error).toMatchObject({ message: "item 1" });
      };
    });
    note("fanOut", exploration);
  });

  test("one sink is slow, and the whole may be aborted", async () => {
    const exploration = await explore((explored) => {
      const controller = new AbortController();
      const seen: number[] = [];
      let end = "";
      explored.party("fan-out", async (step) => {
        const slow = async (got: AsyncIterable<number>): Promise<void> => {
          for await (const item of got) {
            await step();
            seen.push(item);
          }
        };
        end = await fanOut(source(step), [slow, steady(step)], { signal: controller.signal, buffer: 1, grace }).then(
          () => "done",
          (error: unknown) => (error as Error).message,
        );
      });
      explored.party("abort", () => {
        controller.abort(new Error("stop"));
      });
      return () => {
        expect(["done", "stop"]).toContain(end);
        expect(seen).toEqual(items.slice(0, seen.length));
        if (end === "done") expect(seen).toEqual(items);
      };
    });
    note("fanOut", exploration);
  });
});
