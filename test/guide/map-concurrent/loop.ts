import { setTimeout as sleep } from "node:timers/promises";
import { mapConcurrent } from "tailrace";

function* pages(): Generator<number> {
  for (let page = 1; ; page++) yield page; // without an end: it is read only as far as it must be
}

const load = async (page: number, { signal }: { signal: AbortSignal }): Promise<string> => {
  await sleep(5, undefined, { signal });
  return page < 4 ? `page ${page}` : "";
};

for await (const text of mapConcurrent(pages(), load, { concurrency: 2 })) {
  if (text === "") break; // closes the source, aborts what runs, and waits for it
  console.log(text);
}
// prints page 1
// prints page 2
// prints page 3
