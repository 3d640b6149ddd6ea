import { channel, inspect } from "tailrace";
import { explore, ScheduleError } from "tailrace/testing";
import type { Program } from "tailrace/testing";
import { describe, expect, test, vi } from "vitest";
import { within } from "../deadline.ts";

const tick = (): Promise<void> => Promise.resolve();

/** Two parties that note their steps: what orders there are. */
function orders(steps: number): { readonly program: Program; readonly seen: Set<string> } {
  const seen = new Set<string>();
  const program: Program = (explored) => {
    let order = "";
    for (const name of ["a", "b"]) {
      explored.party(name, async (step) => {
        order += name;
        for (let nth = 1; nth < steps; nth++) {
          await step();
          order += name;
        }
      });
    }
    return () => seen.add(order);
  };
  return { program, seen };
}

describe("every schedule is run", () => {
  test("all orders of the steps of two parties are seen", async () => {
    const { program, seen } = orders(2);
    expect(await within(explore(program))).toMatchObject({ complete: true });
    expect([...seen].sort()).toEqual(["aabb", "abab", "abba", "baab", "baba", "bbaa"]);
    const three = orders(3);
    await within(explore(three.program));
    expect(three.seen.size).toBe(20); // 6 over 3
  });

  test("a lost wake-up is found, and its schedule replays it", async () => {
    // Checks the flag and then waits for the bell: who rings in between is not heard.
    const program: Program = (explored) => {
      let ready = false;
      let wake: (() => void) | undefined;
      explored.party("waiter", async (step) => {
        if (ready) return;
        await step();
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      });
      explored.party("ringer", () => {
        ready = true;
        wake?.();
      });
      return undefined;
    };
    const error = await within(explore(program).catch((e: unknown) => e));
    expect(error).toBeInstanceOf(ScheduleError);
    const { schedule, message } = error as ScheduleError;
    expect(message).toMatch(/^nothing can go on, and these have not ended: "waiter"/u);
    expect(message).toContain(`under the schedule "${schedule}": `);
    await expect(within(explore(program, { replay: schedule }))).rejects.toMatchObject({ schedule, message });
    expect(await within(explore(program, { replay: "1.1" }))).toEqual({ schedules: 1, complete: false });
  });

  test("what happens a microtask after a step is found with ticks, and not without", async () => {
    const program: Program = (explored) => {
      let busy = false;
      explored.party("worker", async () => {
        busy = true;
        await tick();
        await tick();
        busy = false;
      });
      explored.party("watcher", () => {
        if (busy) throw new Error("seen at work");
      });
      return undefined;
    };
    // Both at once: the watcher comes right after the worker has begun.
    await expect(within(explore(program))).rejects.toThrow("seen at work");
    const late: Program = (explored) => {
      let phase = 0;
      explored.party("worker", async () => {
        await tick();
        phase = 1;
        await tick();
        await tick();
        await tick();
        phase = 2;
      });
      explored.party("watcher", () => {
        if (phase === 1) throw new Error("seen half done");
      });
      return undefined;
    };
    expect(await within(explore(late))).toMatchObject({ complete: true });
    await expect(within(explore(late, { ticks: 4 }))).rejects.toThrow("seen half done");
  });
});

describe("time", () => {
  test("passes when the explorer says so: a time-out comes before and after what it guards", async () => {
    const seen = new Set<string>();
    const real = performance.now();
    const { schedules } = await within(
      explore((explored) => {
        const jobs = channel<number>();
        let [sent, received] = ["", ""];
        explored.party("sender", async () => {
          sent = await jobs.send(1, { timeout: 60_000 }).then(
            () => "sent",
            (error: unknown) => (error as Error).name,
          );
        });
        explored.party("receiver", async () => {
          received = await jobs.receive({ timeout: 3_600_000 }).then(String, (error: unknown) => (error as Error).name);
        });
        return () => seen.add(`${sent} ${received}`);
      }),
    );
    expect(schedules).toBeGreaterThan(4);
    expect([...seen].sort()).toEqual(["TimeoutError TimeoutError", "sent 1"]);
    expect(performance.now() - real).toBeLessThan(60_000);
  });

  test("the platform's timers are back when it is over, also after a failure", async () => {
    const { setTimeout: before } = globalThis;
    await explore(() => {
      throw new Error("no program");
    }).catch(() => undefined);
    expect(globalThis.setTimeout).toBe(before);
    vi.useFakeTimers();
    try {
      const fake = globalThis.setTimeout;
      await explore(orders(1).program);
      expect(globalThis.setTimeout).toBe(fake);
    } finally {
      vi.useRealTimers();
    }
  });

  test("timers are fired in the order of their times, those of the same time in the order in which they were set", async () => {
    await explore((explored) => {
      const fired: string[] = [];
      explored.party("sets", async () => {
        const cleared = setTimeout(() => fired.push("cleared"), 1);
        const timers = [30, 10, 20, 10].map(
          (delay, nth) =>
            new Promise<void>((resolve) => {
              setTimeout(() => {
                fired.push(`${delay.toString()}-${nth.toString()}`);
                resolve();
              }, delay);
            }),
        );
        clearTimeout(cleared);
        await Promise.all(timers);
      });
      return () => {
        expect(fired).toEqual(["10-1", "10-3", "20-2", "30-0"]);
      };
    });
  });
});

describe("what is wrong is said", () => {
  test("a wait of Tailrace that is left over", async () => {
    const left = channel<number>({ name: "left" });
    const error = await explore((explored) => {
      explored.party("forgets", () => {
        left.receive().catch(() => undefined);
      });
      return undefined;
    }).catch((e: unknown) => e);
    expect(String(error)).toContain('receive on channel "left" (capacity 0, rendezvous)');
    left.close();
    expect(inspect().waits).toEqual([]);
  });

  test("who waits for what, when nothing can go on", async () => {
    const jobs = channel<number>({ name: "jobs" });
    await expect(
      explore((explored) => {
        explored.party("reader", () => jobs.receive());
        return undefined;
      }),
    ).rejects.toThrow(/these have not ended: "reader"\nreceive on channel "jobs" .* nobody is sending/u);
    jobs.close();
  });

  test("what a party or the check throws is the cause", async () => {
    const error = new Error("wrong");
    const party: Program = (explored) => {
      explored.party("fails", () => Promise.reject(error));
      return undefined;
    };
    await expect(explore(party)).rejects.toMatchObject({ code: "TAILRACE_SCHEDULE", cause: error });
    const check: Program = () => () => Promise.reject(error);
    await expect(explore(check)).rejects.toMatchObject({ schedule: "", cause: error });
  });

  test("a program without end, and one that is not the same each time", async () => {
    const endless: Program = (explored) => {
      explored.party("runs", async (step) => {
        for (;;) await step();
      });
      return undefined;
    };
    await expect(explore(endless)).rejects.toThrow("has not ended after 10000 steps");
    await expect(explore(orders(2).program, { replay: "0.9" })).rejects.toThrow("the schedule is of another program");
  });

  test("arguments that cannot be used", async () => {
    await expect(explore(undefined as never)).rejects.toThrow("program: was given undefined, wants a function");
    await expect(explore(orders(1).program, { ticks: -1 })).rejects.toThrow("ticks: was given -1");
    await expect(explore(orders(1).program, { replay: "0..1" })).rejects.toThrow("replay: was given");
    await expect(explore(orders(1).program, { random: 0 })).rejects.toThrow("random: was given 0");
  });
});

describe("bounds", () => {
  test("not more schedules than were asked for, and the result says that there are more", async () => {
    expect(await explore(orders(3).program, { most: 7 })).toEqual({ schedules: 7, complete: false });
  });

  test("by chance, the same seed gives the same schedules", async () => {
    const seen = async (seed: number): Promise<string[]> => {
      const all: string[] = [];
      const { program } = orders(3);
      await explore(
        (explored) => {
          const names: string[] = [];
          const party: typeof explored.party = (name, fn) => {
            explored.party(name, (step) => {
              names.push(name);
              return fn(step);
            });
          };
          const check = program({ party });
          return async () => {
            all.push(names.join(""));
            await (
              await check
            )?.();
          };
        },
        { random: 20, seed },
      );
      return all;
    };
    expect(await seen(7)).toEqual(await seen(7));
    expect(new Set(await seen(7)).size).toBe(2);
  });
});
