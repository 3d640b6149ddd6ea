// A process that does the job of another benchmark in one of the modes, as often as it is told to.
import { setImmediate as macrotask } from "node:timers/promises";
import type { Bench } from "../harness/bench.ts";
import { modes } from "./modes.ts";
import type { Answer, Job } from "./cost.ts";
import { used } from "./used.ts";

type Work = (items: number) => Promise<void>;

const { bench: name, calls, mode } = JSON.parse(process.argv[2] ?? "") as Job;
let loaded: Promise<Work> | undefined;

process.on("message", (items: number) => void answer(items));
process.on("disconnect", () => process.exit());

async function answer(items: number): Promise<void> {
  const say = (answer: Answer): void => void process.send?.(answer);
  try {
    const work = await (loaded ??= load());
    await macrotask();
    say({ microseconds: await used(() => work(items)) });
  } catch (error) {
    say({ error: error instanceof Error ? error.message : String(error) });
  }
}

async function load(): Promise<Work> {
  const check = await modes[mode]();
  const { bench } = (await import(`../${name}.ts`)) as { bench: Bench };
  check();
  const subject = bench.subjects.find((one) => one.package === "tailrace" && one.calls === calls);
  if (subject === undefined) throw new Error(`benchmark ${name} has no subject tailrace ${calls}`);
  return async (items) => {
    const result = await subject.run(items, false);
    if (result !== bench.expected(items)) throw new Error(`wrong result of ${name}: ${JSON.stringify(result)}`);
  };
}
