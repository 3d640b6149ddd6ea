import { setTimeout as sleep } from "node:timers/promises";
import { mapConcurrent } from "tailrace";

const load = async (page: number): Promise<string> => {
  await sleep(4 - page);
  return `page ${page}`;
};

console.log((await mapConcurrent([1, 2, 3], load, { concurrency: 2 })).join(", "));
// prints page 1, page 2, page 3
