import { expect, test } from "vitest";
import { enter, leave, records, WaitRecord } from "../../src/waits/registry.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

const resource = { kind: "test", name: "test", describe: () => ({ awaits: "nothing" }) };

test("records can be left in any order, and keep the order in which they were entered", () => {
  const make = (): WaitRecord => new WaitRecord("wait", resource);
  const [a, b, c, d] = [make(), make(), make(), make()];
  [a, b, c, d].forEach(enter);
  leave(d);
  leave(b);
  expect([...records()]).toEqual([a, c]);
  leave(a);
  leave(c);
  expect([...records()]).toEqual([]);
});

test("to enter twice, or to leave what is not waiting, changes nothing", () => {
  const [first, second] = [new WaitRecord("wait", resource), new WaitRecord("wait", resource)];
  enter(first);
  enter(second);
  const { since } = first;
  enter(first);
  expect([...records()]).toEqual([first, second]);
  expect(first.since).toBe(since);
  leave(first);
  leave(first);
  leave(second);
  expect([...records()]).toEqual([]);
});

test("a record can wait again", () => {
  const record = new WaitRecord("wait", resource);
  for (let round = 0; round < 3; round++) {
    enter(record);
    expect([...records()]).toEqual([record]);
    leave(record);
  }
});
