import { channel, ChannelClosedError } from "tailrace";
import { expect, test } from "vitest";
import { within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

test("a channel closes with the last of its senders, and not before", async () => {
  const ch = channel<number>({ capacity: 8 });
  const first = ch.sender();
  const second = first.clone();
  await within(first.send(1));
  first.close();
  first.close(); // counts once
  expect([first.closed, second.closed, ch.closed]).toEqual([true, false, false]);
  expect(second.trySend(2)).toBe(true);
  second.close();
  expect(ch.closed).toBe(true);
  const all: number[] = [];
  for await (const item of ch) all.push(item);
  expect(all).toEqual([1, 2]);
});

test("a sender that was closed sends nothing, though the channel is open", async () => {
  const ch = channel<number>({ name: "jobs", capacity: 8 });
  const kept = ch.sender();
  const closed = ch.sender();
  closed.close();
  expect(closed.trySend(1)).toBe(false);
  await expect(within(closed.send(1))).rejects.toThrow('send on a sender of channel "jobs": the sender is closed');
  expect(() => closed.clone()).toThrow(ChannelClosedError);
  expect([kept.closed, ch.size]).toEqual([false, 0]);
});

test("a sender that fails closes the channel for all, with its error", async () => {
  const ch = channel<number>();
  const [failing, other] = [ch.sender(), ch.sender()];
  const received = ch.receive();
  const error = new Error("disk gone");
  failing.close(error);
  await expect(within(received)).rejects.toBe(error);
  expect(other.closed).toBe(true);
  await expect(within(other.send(1))).rejects.toMatchObject({ cause: error });
});

test("a sender is closed at the end of its block, however that is left", () => {
  const ch = channel<number>();
  expect(() => {
    using sender = ch.sender();
    expect(sender.closed).toBe(false);
    throw new Error("left");
  }).toThrow("left");
  expect(ch.closed).toBe(true);
});

test("what sends on the channel itself does not count", () => {
  const ch = channel<number>({ capacity: 1 });
  ch.trySend(1);
  expect(ch.closed).toBe(false);
  ch.sender().close();
  expect(ch.closed).toBe(true);
});
