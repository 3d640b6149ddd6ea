// Its use is noted over the lease that is there.
import { createPool } from "generic-pool";

const notes = [];
const pool = createPool({ create: async () => ({ note: (text) => notes.push(text) }), destroy: async () => {} });

function borrow(name, work) {
  return pool.acquire().then((session) =>
    Promise.resolve(work(session))
      .then(() => session.note(name))
      .finally(() => pool.release(session)),
  );
}

await borrow("report", async () => {});
if (notes.length !== 1) throw new Error(notes.join());
await pool.drain();
await pool.clear();
