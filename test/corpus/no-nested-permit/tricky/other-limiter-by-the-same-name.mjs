// The function is given the limiter of the level below by the name that the outer one has.
import pLimit from "p-limit";

const limit = pLimit(2);

async function load(ids, limit) {
  return Promise.all(ids.map((id) => limit(async () => id * 2)));
}

const lists = await Promise.all([[1, 2], [3, 4]].map((ids) => limit(() => load(ids, pLimit(1)))));
if (lists.flat().join() !== "2,4,6,8") throw new Error(lists.flat().join());
