/** Many clients of a broadcast server in one process, which ends with its parent. */
import { once } from "node:events";
import { request } from "node:http";
import type { IncomingMessage } from "node:http";
import type { Crowd, Tally, Told } from "./clients.ts";
import { dataOf } from "./events.ts";

/** Connections that are made at a time: a server lets only so many wait until it accepts them. */
const AT_ONCE = 50;

/** A slow client takes as much as one event while the quick ones take so many. */
const PACE = 4;

interface Client {
  readonly response: IncomingMessage;
  readonly tally: Tally;
  /** Checks what it has read, and counts the events. */
  readonly parse: (text: string) => void;
}

const { where, quick, slow, silent, size } = JSON.parse(process.argv[2] ?? "{}") as Crowd;
const tell = (told: Told): void => void process.send?.(told, () => undefined);
process.once("disconnect", () => process.exit());

/** How many quick clients have got an event. */
const got = new Map<number, number>();

function onEvent(number: number): void {
  const count = (got.get(number) ?? 0) + 1;
  got.set(number, count);
  if (count < quick) return;
  got.delete(number);
  tell({ kind: "seen", number });
  if (number % PACE > 0) return;
  for (const { response, parse } of slows) {
    const text = response.read(Math.min(size, response.readableLength)) as string | null;
    if (text !== null) parse(text);
  }
}

function parser(tally: Tally, onEvent: (number: number) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const events = (rest + text).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const number = parseInt(event.slice("id: ".length), 10);
      const isWhole = event === `id: ${number.toString()}\ndata: ${dataOf(number, size)}`;
      if (!isWhole || number <= tally.last) tally.broken++;
      tally.last = number;
      tally.events++;
      onEvent(number);
    }
  };
}

async function connect(name: string, onEvent: (number: number) => void): Promise<Client> {
  const asked = request({ ...where, path: `/?name=${name}`, agent: false }).end();
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  response.setEncoding("latin1").on("error", () => undefined); // it was cut off
  const tally = { name, events: 0, last: 0, broken: 0 };
  return { response, tally, parse: parser(tally, onEvent) };
}

async function crowd(kind: string, count: number, onEvent: (number: number) => void): Promise<Client[]> {
  const clients: Client[] = [];
  while (clients.length < count) {
    const names = Array.from({ length: Math.min(AT_ONCE, count - clients.length) }, (_, at) => clients.length + at);
    clients.push(...(await Promise.all(names.map((name) => connect(`${kind}-${name.toString()}`, onEvent)))));
  }
  return clients;
}

const flow = ({ response, parse }: Client): void => void response.on("data", parse);

const silents = await crowd("silent", silent, () => undefined);
const slows = await crowd("slow", slow, () => undefined);
const quicks = await crowd("quick", quick, onEvent);
const ended = Promise.all([...quicks, ...slows].map(({ response }) => once(response, "end")));
quicks.forEach(flow);
tell({ kind: "connected" });

await once(process, "message"); // from here on all but the silent ones take what there is
slows.forEach(flow);
await ended;
tell({ kind: "ended", tallies: [...quicks, ...slows, ...silents].map(({ tally }) => tally) });
