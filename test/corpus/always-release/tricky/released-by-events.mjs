// The connection goes back when its stream has ended, which a listener or a callback sees to.
import { once } from "node:events";
import { Readable, finished } from "node:stream";
import { createPool } from "generic-pool";

const connection = { rows: () => Readable.from(["4.2", "4.1"]) };
const pool = createPool({ create: async () => connection, destroy: async () => {} }, { max: 1 });

async function rowsOf(isLive) {
  const taken = await pool.acquire();
  const rows = taken.rows();
  if (isLive) {
    rows.once("close", () => pool.release(taken));
    return rows;
  }
  finished(rows, (error) => void (error ? pool.destroy(taken) : pool.release(taken)));
  return rows;
}

let count = 0;
for (const isLive of [true, false, true]) {
  const rows = await rowsOf(isLive);
  rows.on("data", () => (count += 1));
  await once(rows, "close");
}
if (count !== 6) throw new Error(String(count));
