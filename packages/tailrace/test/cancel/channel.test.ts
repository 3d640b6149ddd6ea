// Each program is stopped at every microtask of its run: wherever that is, nothing may be lost, come twice or be left
// waiting.
import { broadcast, channel, receiveFrom, select, sendTo } from "tailrace";
import type { Channel } from "tailrace";
import { describe, expect, test } from "vitest";
import { collect, drain, range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { abortEverywhere, everywhere, REASON, unless } from "./sweep.ts";

nothingIsLeft();

const MANY = 6;
const items = range(MANY);

/** Sends the items until it is stopped; returns those that were sent. */
async function sendUntil(signal: AbortSignal | undefined, to: Pick<Channel<number>, "send">): Promise<number[]> {
  const sent: number[] = [];
  try {
    for (const item of items) {
      await to.send(item, { signal });
      sent.push(item);
    }
  } catch (error) {
    unless(error);
  }
  return sent;
}

describe.for([0, 1, 3])("a channel with capacity %i", (capacity) => {
  test("a send that is aborted was not sent, any other is received once", async () => {
    await abortEverywhere(async (signal) => {
      const ch = channel<number>({ capacity });
      const received = collect(ch);
      const sent = await sendUntil(signal, ch);
      ch.close();
      expect(await received).toEqual(sent);
    });
  });

  const readers: [string, (ch: Channel<number>, signal: AbortSignal, note: (item: number) => void) => Promise<void>][] =
    [
      [
        "receive",
        async (ch, signal, note) => {
          for (;;) note(await ch.receive({ signal }));
        },
      ],
      [
        "values",
        async (ch, signal, note) => {
          for await (const item of ch.values({ signal })) note(item);
        },
      ],
      [
        "batches",
        async (ch, signal, note) => {
          for await (const batch of ch.batches({ signal, max: 2 })) batch.forEach(note);
        },
      ],
      [
        "select",
        async (ch, signal, note) => {
          for (;;) note((await select([receiveFrom(ch), receiveFrom(channel<number>())], { signal })).value);
        },
      ],
    ];
  test.for(readers)("%s that is aborted has taken nothing: another reader gets the rest", async ([, read]) => {
    await abortEverywhere(async (signal) => {
      const ch = channel<number>({ capacity });
      const sender = sendUntil(undefined, ch).then((sent) => {
        ch.close(REASON);
        return sent;
      });
      const received: number[] = [];
      await read(ch, signal, (item) => received.push(item)).catch(unless);
      const others: number[] = [];
      await (async () => {
        for await (const item of ch) others.push(item);
      })().catch(unless);
      expect([...received, ...others]).toEqual(items);
      expect(await sender).toEqual(items);
    });
  });

  test("both ends at once: what was sent and not received is still there", async () => {
    await abortEverywhere(async (signal) => {
      const ch = channel<number>({ capacity });
      const received: number[] = [];
      const reader = (async () => {
        for await (const item of ch.values({ signal })) received.push(item);
      })().catch(unless);
      const sent = await sendUntil(signal, ch);
      if (sent.length === MANY) ch.close();
      await reader;
      expect([...received, ...drain(ch)]).toEqual(sent);
    });
  });

  test("closing it refuses those that wait, and keeps what was sent", async () => {
    await everywhere(async (onStop) => {
      const ch = channel<number>({ capacity });
      onStop(() => {
        ch.close(REASON);
      });
      const received: number[] = [];
      const reader = (async () => {
        for await (const item of ch) received.push(item);
      })().catch(unless);
      const sent: number[] = [];
      for (const item of items)
        if (
          await ch.send(item).then(
            () => true,
            () => false,
          )
        )
          sent.push(item);
      ch.close();
      await reader;
      expect(received).toEqual(sent);
    });
  });
});

test("a select that is aborted has neither sent nor received", async () => {
  await abortEverywhere(async (signal) => {
    const [from, to] = [channel<number>(), channel<number>()];
    const feeder = new AbortController();
    const feeding = (async () => {
      const fed: number[] = [];
      try {
        for (const item of items) {
          await from.send(item, { signal: feeder.signal });
          fed.push(item);
        }
      } catch (error) {
        unless(error);
      }
      return fed;
    })();
    const arriving = collect(to);
    const [sent, received]: number[][] = [[], []];
    for (let turn = 0; turn < 2 * MANY; turn++) {
      const chosen = await select([receiveFrom(from), sendTo(to, turn)], { signal }).catch(unless);
      if (chosen === undefined) break;
      if (chosen.index === 0) received?.push(chosen.value);
      else sent?.push(turn);
    }
    feeder.abort(REASON);
    to.close();
    expect(await feeding).toEqual(received);
    expect(await arriving).toEqual(sent);
  });
});

test("a send to a broadcast that is aborted reached nobody, any other reached all", async () => {
  await abortEverywhere(async (signal) => {
    const hub = broadcast<number>({ audience: 2 });
    const listeners = [hub.subscribe({ capacity: 1 }), hub.subscribe({ capacity: 0 })].map((one) => collect(one));
    const sent = await sendUntil(signal, hub);
    hub.close();
    expect(await Promise.all(listeners)).toEqual([sent, sent]);
  });
});

test("a subscriber may give up and leave anywhere: the others get everything", async () => {
  await abortEverywhere(async (signal) => {
    const hub = broadcast<number>({ audience: 2 });
    const steady = collect(hub.subscribe({ capacity: 0 }));
    const seen: number[] = [];
    const leaving = (async () => {
      using fickle = hub.subscribe({ capacity: 1 });
      for await (const item of fickle.values({ signal })) seen.push(item);
    })().catch(unless);
    const sent = await sendUntil(undefined, hub);
    hub.close();
    await leaving;
    expect([sent, await steady, seen]).toEqual([items, items, items.slice(0, seen.length)]);
  });
});
