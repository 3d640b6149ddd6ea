import { setTimeout as sleep } from "node:timers/promises";
import { fanOut, splitBy } from "tailrace";
import { expect, test } from "vitest";
import { within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

test("items of a key are worked on in their order, and by one sink", async () => {
  const orders = Array.from({ length: 200 }, (_, id) => ({ customer: `c${(id % 17).toString()}`, id }));
  const seen = new Map<string, number[]>();
  const by = new Map<string, Set<number>>();
  const worker = (sink: number) => async (items: AsyncIterable<(typeof orders)[number]>) => {
    for await (const { customer, id } of items) {
      if (id % 23 === 0) await sleep(1);
      seen.set(customer, [...(seen.get(customer) ?? []), id]);
      by.set(customer, (by.get(customer) ?? new Set()).add(sink));
    }
  };
  await within(fanOut(orders, [0, 1, 2, 3].map(worker), { route: splitBy((order) => order.customer) }));
  for (const [customer, ids] of seen) {
    expect(ids).toEqual(orders.filter((order) => order.customer === customer).map(({ id }) => id));
    expect(by.get(customer)?.size).toBe(1);
  }
});

test("keys are spread over the sinks, whatever they look like", () => {
  for (const make of [
    (n: number) => n,
    (n: number) => `user-${n.toString()}`,
    (n: number) => n * 8,
    (n: number) => BigInt(n) << 40n,
  ]) {
    const route = splitBy(make);
    const load = new Array<number>(8).fill(0);
    for (let n = 0; n < 8000; n++) {
      const sink = route(n, 0, 8);
      load[sink] = (load[sink] ?? 0) + 1;
    }
    expect(load.length).toBe(8);
    for (const items of load) expect(items).toBeGreaterThan(700);
    for (const items of load) expect(items).toBeLessThan(1300);
  }
});

test("what is no function is refused", () => {
  expect(() => splitBy("customer" as never)).toThrow('key: was given "customer"');
});
