import { deficitRoundRobin, ewma, roundRobin, strictPriority } from "tailrace";
import { quantile } from "../scenarios/throttled-connection/figures.ts";
import { trial } from "../scenarios/throttled-connection/trial.ts";
import { heedless, inKernel, plain, scheduled } from "../scenarios/throttled-connection/ways.ts";
import type { Way } from "../scenarios/throttled-connection/ways.ts";
import { measuredBy } from "./harness/bench.ts";
import type { Bench } from "./harness/bench.ts";

const RATE = 4_000_000;
const CHATS = 50;

/** Messages, as many as are sent in so many milliseconds; the first quarter does not count. */
const sends = measuredBy<{ readonly way: Way; readonly offered?: number }>(async ({ way, offered }, milliseconds) => {
  const load = { rate: RATE, duration: milliseconds, warmUp: milliseconds / 4, bulk: 1, chats: CHATS };
  const { delays, throughputs, held } = await trial(way, { ...load, offered: offered ?? Infinity });
  const [typical, most] = [quantile(delays, 0.5), delays.at(-1) ?? Number.NaN].map((delay) => delay.toFixed(1));
  const bulk = ((throughputs[0] ?? 0) / 1e6).toFixed(2);
  const remark = `median ${String(typical)}, at most ${String(most)}; ${bulk} MB/s of the other lane; stream held ${(held / 1e6).toFixed(2)} MB`;
  return { result: milliseconds, figure: quantile(delays, 0.99), remark };
});

export const bench: Bench = {
  job: `messages of ${String(CHATS)} lanes, each one now and then, beside a lane that sends as much as it can, over a connection of which ${String(RATE / 1e6)} MB/s are read: how late they are there`,
  operation: "message",
  operations: 4000,
  unit: "ms, 99 of 100",
  expected: (milliseconds) => milliseconds,
  subjects: [
    ...(process.platform === "linux"
      ? [ewma(), roundRobin(), deficitRoundRobin(), strictPriority()].map((policy) =>
          sends("tailrace", `send, ${policy.name}, the kernel is asked`, { way: inKernel(policy) }),
        )
      : []),
    sends("tailrace", "send, ewma, watermark", { way: scheduled({ limits: ["watermark"] }) }),
    sends("node", "write, drain", { way: plain }, { note: "in order of arrival" }),
    sends(
      "node",
      "write",
      { way: heedless, offered: 1.5 * RATE },
      { note: "nobody waits for room; the other lane sends 6 MB/s" },
    ),
  ],
};
