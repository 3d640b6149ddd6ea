import { setTimeout as sleep } from "node:timers/promises";
import { limit } from "tailrace";

const limited = limit(2, { name: "mirror" });
const load = async (page: number): Promise<number> => {
  await sleep(5);
  return page * 10;
};

const pages = [1, 2, 3].map((page) => limited(load, page));
console.log(limited.activeCount, "run,", limited.pendingCount, "waits");
console.log((await Promise.all(pages)).join(", "));
// prints 2 run, 1 waits
// prints 10, 20, 30
