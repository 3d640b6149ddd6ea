// A thousand clients, of whom some are slow and some never read: nobody else is held up, and no memory grows.
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import type { WriterPublished } from "tailrace";
import { describe, expect, onTestFinished, test } from "vitest";
import { broadcastServer } from "./broadcast-server.ts";
import type { BroadcastServer, Client } from "./broadcast-server.ts";
import { startClients } from "./clients.ts";
import type { Clients, Crowd, Tally } from "./clients.ts";
import { dataOf } from "./events.ts";

/** Events that are on their way to the quick clients at most; each lane has room for so many. */
const WINDOW = 4;

/** Lanes that have their turn in one run of the scheduler at least, before its slice of time is over. */
const LEAST_SERVED = 16;

/** Far more than fit into the buffers of a kernel. */
const MOST_EVENTS = 10_000;

/** Milliseconds for whatever is waited for. */
const PATIENCE = 20_000;

interface Setting extends Omit<Crowd, "where"> {
  /** Whether it is a socket of the local system rather than of TCP on the loopback: its kernel holds far less. */
  readonly isLocal: boolean;
  readonly evictAfter?: number | undefined;
}

interface Meeting {
  readonly broadcast: BroadcastServer;
  readonly clients: Clients;
  readonly all: readonly Client[];
}

/** A server and its clients, who are connected. */
async function meet({ isLocal, evictAfter, ...crowd }: Setting): Promise<Meeting> {
  const broadcast = broadcastServer({ maxQueued: WINDOW * sizeOf(crowd), evictAfter });
  const folder = process.platform === "win32" ? "\\\\.\\pipe" : tmpdir();
  const socketPath = join(folder, `tailrace-${process.pid.toString()}-${Math.random().toString(36).slice(2)}.sock`);
  broadcast.server.listen(isLocal ? { path: socketPath } : { host: "127.0.0.1", port: 0 });
  await once(broadcast.server, "listening");
  const address = broadcast.server.address() as AddressInfo;
  const clients = startClients({
    ...crowd,
    where: isLocal ? { socketPath } : { host: "127.0.0.1", port: address.port },
  });
  onTestFinished(async () => {
    broadcast.server.close();
    broadcast.server.closeAllConnections();
    await clients[Symbol.asyncDispose]();
  });
  expect(await clients.told.receive({ timeout: PATIENCE })).toEqual({ kind: "connected" });
  return { broadcast, clients, all: [...broadcast.clients] };
}

/** Bytes of an event, with what goes around its data. */
function sizeOf({ size }: Pick<Crowd, "size">): number {
  return size + 20;
}

/** When more is published than the quick clients can have in flight, they are waited for. */
function pacer({ told }: Clients): (number: number) => Promise<void> {
  let seen = 0;
  return async (number) => {
    while (number - seen > WINDOW) {
      const next = await told.receive({ timeout: PATIENCE });
      if (next.kind === "seen") seen = next.number;
    }
  };
}

/** What the clients have got, after all but the silent ones have taken what there is for them. */
async function end({ broadcast, clients }: Meeting): Promise<ReadonlyMap<string, Tally>> {
  const stop = new AbortController();
  const over = once(broadcast.server, "close");
  const closed = broadcast.close({ signal: stop.signal });
  clients.hurry();
  for (;;) {
    const next = await clients.told.receive({ timeout: PATIENCE });
    if (next.kind !== "ended") continue;
    stop.abort();
    await closed;
    await over;
    return new Map(next.tallies.map((tally) => [tally.name, tally]));
  }
}

const named = (clients: Iterable<Client>, kind: string): Client[] =>
  Array.from(clients).filter(({ name }) => name.startsWith(kind));

/** Names of sinks that had to wait until they could be written to. */
function blockedSinks(): ReadonlySet<string> {
  const names = new Set<string>();
  const note = (message: unknown): void => {
    const event = message as WriterPublished;
    if (event.type === "state" && event.to === "waiting-to-write") names.add(event.sink);
  };
  subscribe("tailrace:writer", note);
  onTestFinished(() => void unsubscribe("tailrace:writer", note));
  return names;
}

describe.for<[string, Setting]>([
  ["1,000 by local sockets", { isLocal: true, quick: 960, slow: 20, silent: 20, size: 16_384 }],
  ["100 by TCP", { isLocal: false, quick: 95, slow: 0, silent: 5, size: 16_384 }],
])("of clients, %s,", ([, setting]) => {
  test("quick ones get every event, soon and in order; others lose events, which are counted", async () => {
    const blocked = blockedSinks();
    const meeting = await meet(setting);
    const { broadcast, clients, all } = meeting;
    expect(all.length).toBe(setting.quick + setting.slow + setting.silent);
    const quick = named(all, "quick");
    const others = all.filter((client) => !quick.includes(client));
    const keepPace = pacer(clients);
    const most = Math.ceil(all.length / LEAST_SERVED) + 2;
    let turns = 0;
    let events = 0;
    while (others.some(({ lost }) => lost < 3) && events < MOST_EVENTS) {
      await keepPace(++events);
      broadcast.publish(dataOf(events, setting.size));
      let taken = 0;
      while (taken <= most && quick.some(({ lane }) => lane.stats.queued > 0)) {
        await turn();
        taken++;
      }
      turns = Math.max(turns, taken);
      for (const { lane, response } of all) {
        expect(lane.stats.queued).toBeLessThanOrEqual(lane.maxQueued);
        // What a buffer takes, and a chunk that went beyond it, with the lengths before the chunks.
        const buffered = response.writableHighWaterMark + 2 * sizeOf(setting);
        expect(response.writableLength).toBeLessThanOrEqual(buffered);
      }
    }
    expect(turns).toBeLessThanOrEqual(most);

    const tallies = await end(meeting);
    for (const { name, lost } of all) {
      const { events: got, last, broken } = tallies.get(name) ?? { events: -1, last: -1, broken: -1 };
      expect(broken).toBe(0);
      if (name.startsWith("quick")) expect([name, got, last, lost]).toEqual([name, events, events, 0]);
      else expect([name, lost >= 3]).toEqual([name, true]);
      if (name.startsWith("slow")) expect(got + lost).toBe(events);
      if (name.startsWith("silent")) expect(got).toBe(0);
    }
    expect([...blocked].sort()).toEqual(others.map(({ name }) => name).sort());
    expect([broadcast.clients.size, broadcast.evicted.length]).toEqual([0, 0]);
  });
});

test("who takes nothing for so long is cut off, and the others get every event", async () => {
  const setting: Setting = { isLocal: true, quick: 40, slow: 0, silent: 10, size: 4096, evictAfter: 20 };
  const meeting = await meet(setting);
  const { broadcast, clients, all } = meeting;
  const keepPace = pacer(clients);
  let events = 0;
  while (broadcast.evicted.length < 10 && events < MOST_EVENTS) {
    await keepPace(++events);
    broadcast.publish(dataOf(events, setting.size));
  }
  expect(named(broadcast.evicted, "silent").length).toBe(10);
  expect(broadcast.clients.size).toBe(40);
  for (const { lane, response } of broadcast.evicted) {
    expect(response.destroyed).toBe(true);
    await expect(lane.send("more")).rejects.toThrow("the sink was given up");
  }
  const tallies = await end(meeting);
  for (const { name, lost } of named(all, "quick")) {
    expect([lost, tallies.get(name)]).toEqual([0, { name, events, last: events, broken: 0 }]);
  }
});
