import { PassThrough } from "node:stream";
import { roundRobin, writeScheduler } from "tailrace";
import type { Lane } from "tailrace";
import type { Bench, OwnFigure, Subject } from "./harness/bench.ts";

const TURNS = 200_000;

/** A stream that swallows everything, and tells when it has got so many chunks. */
function swallow(chunks: number): { readonly stream: PassThrough; readonly swallowed: Promise<number> } {
  const stream = new PassThrough({ highWaterMark: 2 ** 40 });
  let got = 0;
  const swallowed = new Promise<number>((resolve) => {
    stream.write = () => {
      if (++got === chunks) resolve(got);
      return true;
    };
  });
  return { stream, swallowed };
}

/** Turns of lanes that all have something, beside others that have nothing. */
async function turns(chunks: number, busy: number, idle: number): Promise<OwnFigure> {
  const { stream, swallowed } = swallow(chunks);
  const sink = writeScheduler({ quantum: 1, policy: roundRobin() }).sink(stream);
  const chunk = Buffer.alloc(1);
  const lanes: Lane[] = Array.from({ length: busy }, () => sink.lane({ maxQueued: Infinity }));
  for (let nth = 0; nth < idle; nth++) sink.lane();
  for (let nth = 0; nth < chunks; nth++) lanes[nth % busy]?.trySend(chunk);
  globalThis.gc?.();
  const begun = performance.now();
  const result = await swallowed;
  const figure = ((performance.now() - begun) * 1e6) / chunks;
  sink.abort();
  return { result, figure };
}

const ours = (busy: number, idle = 0): Subject => {
  const beside = idle === 0 ? "" : ` beside ${idle.toLocaleString("en-US")} idle ones`;
  return {
    package: "tailrace",
    calls: `turns of ${busy.toLocaleString("en-US")} lanes${beside}`,
    run: (chunks) => turns(chunks, busy, idle),
  };
};

export const bench: Bench = {
  job: "a turn of one of many lanes that all have something, into a stream that swallows everything",
  operation: "turn",
  operations: TURNS,
  unit: "ns of a turn",
  expected: (chunks) => chunks,
  subjects: [
    ours(10),
    ours(100),
    ours(1000),
    ours(10_000),
    ours(100_000),
    ours(10, 100_000),
    {
      package: "node",
      calls: "write",
      note: "floor: no lanes, nobody decides",
      async run(chunks) {
        const { stream, swallowed } = swallow(chunks);
        const chunk = Buffer.alloc(1);
        const begun = performance.now();
        for (let nth = 0; nth < chunks; nth++) if (!stream.write(chunk)) throw new Error("it swallows everything");
        return { result: await swallowed, figure: ((performance.now() - begun) * 1e6) / chunks };
      },
    },
  ],
};
