// What was asked for and has not come is kept for the next turn.
import { setTimeout as sleep } from "node:timers/promises";

async function* every(ms: number, names: string[]): AsyncGenerator<string> {
  for (const name of names) {
    await sleep(ms);
    yield name;
  }
}

const sources = new Map([every(5, ["a", "b", "c"]), every(7, ["x", "y", "z"])].map((source) => [source, ask(source)]));
async function ask(source: AsyncGenerator<string>) {
  return { source, item: await source.next() };
}

const seen: string[] = [];
while (sources.size > 0) {
  const { source, item } = await Promise.race(sources.values());
  if (item.done) sources.delete(source);
  else {
    seen.push(item.value);
    sources.set(source, ask(source));
  }
}
if (seen.length < 6) throw new Error(seen.join());
