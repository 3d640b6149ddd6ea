// The same events for everybody, by Server-Sent Events. Whoever does not keep up loses events, and holds up nobody else.
import { createServer } from "node:http";
import type { Server, ServerResponse } from "node:http";
import { roundRobin, writeScheduler } from "tailrace";
import type { Lane, WaitOptions, WriteSink } from "tailrace";

export interface BroadcastOptions {
  /** Bytes that wait for a client at most. An event that has no room is lost to it. */
  readonly maxQueued: number;
  /** Milliseconds after which a client that has taken nothing is cut off. Default: `Infinity`, it only loses events. */
  readonly evictAfter?: number | undefined;
}

/** Somebody who is connected, or was. */
export interface Client {
  /** What it calls itself, in the query of its address. */
  readonly name: string;
  readonly sink: WriteSink;
  readonly lane: Lane;
  readonly response: ServerResponse;
  /** Events that it did not get. */
  lost: number;
  /** When the first one of those was lost that it has lost in a row. */
  fullSince: number | undefined;
}

export interface BroadcastServer {
  readonly server: Server;
  readonly clients: ReadonlySet<Client>;
  /** Those who were cut off. */
  readonly evicted: readonly Client[];
  publish(data: string): void;
  /** Takes no more clients, and gives those it has what waits for them; who does not take it in time is cut off. */
  close(wait?: WaitOptions): Promise<void>;
}

export function broadcastServer({ maxQueued, evictAfter = Infinity }: BroadcastOptions): BroadcastServer {
  const scheduler = writeScheduler({ policy: roundRobin() });
  const clients = new Set<Client>();
  const evicted: Client[] = [];
  let events = 0;

  const server = createServer(({ url = "/" }, response) => {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.flushHeaders();
    const name = new URL(url, "http://local").searchParams.get("name") ?? "nobody";
    const sink = scheduler.sink(response, { name });
    const lane = sink.lane({ name: "events", maxQueued });
    const client = { name, sink, lane, response, lost: 0, fullSince: undefined };
    clients.add(client);
    response.once("close", () => clients.delete(client));
  });

  const cutOff = (client: Client, reason: unknown): void => {
    clients.delete(client);
    client.sink.abort(reason);
    client.response.destroy();
  };
  const lose = (client: Client): void => {
    client.lost++;
    const now = performance.now();
    client.fullSince ??= now;
    if (now - client.fullSince < evictAfter) return;
    evicted.push(client);
    cutOff(client, new Error(`it has taken nothing for ${evictAfter.toString()} ms`));
  };

  return {
    server,
    clients,
    evicted,
    publish(data) {
      events++;
      const event = Buffer.from(`id: ${events.toString()}\ndata: ${data}\n\n`); // one for all
      for (const client of clients) {
        if (client.lane.trySend(event)) client.fullSince = undefined;
        else lose(client);
      }
    },
    async close(wait) {
      server.close();
      const end = async (client: Client): Promise<void> => {
        try {
          await client.lane.close(wait);
          client.response.end();
        } catch (error) {
          cutOff(client, error);
        }
      };
      await Promise.all(Array.from(clients, end));
    },
  };
}
