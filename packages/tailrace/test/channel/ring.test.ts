import { expect, test } from "vitest";
import { Ring } from "../../src/channel/ring.ts";

test("items leave in the order in which they came, across growth and wrap-around", () => {
  const ring = new Ring<number>();
  let pushed = 0;
  let taken = 0;
  for (let round = 1; round <= 40; round++) {
    for (let i = 0; i < round; i++) ring.push(pushed++);
    for (let i = 0; i < round - (round % 3); i++) expect(ring.shift()).toBe(taken++);
    expect(ring.size).toBe(pushed - taken);
  }
  while (ring.size > 0) expect(ring.shift()).toBe(taken++);
  expect(taken).toBe(pushed);
});

test("a taken or cleared item is not kept alive", () => {
  const ring = new Ring<object>();
  for (let i = 0; i < 6; i++) ring.push({});
  ring.shift();
  ring.shift();
  expect(slots(ring)).toBe(4);
  ring.clear();
  expect(slots(ring)).toBe(0);
  expect(ring.size).toBe(0);
});

function slots(ring: Ring<object>): number {
  return (ring as unknown as { slots: unknown[] }).slots.filter((slot) => slot !== undefined).length;
}
