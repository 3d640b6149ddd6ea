// Not a poll: each turn brings another page, and the pause keeps the limit of the server.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

const pages = [["a", "b"], ["c"], []];
const fetchPage = async (index: number): Promise<string[]> => pages[index] ?? [];

const rows: string[] = [];
for (let page = 0; ; page += 1) {
  const items = await fetchPage(page);
  if (items.length === 0) break;
  rows.push(...items);
  await sleep(2);
}
assert.deepEqual(rows, ["a", "b", "c"]);
