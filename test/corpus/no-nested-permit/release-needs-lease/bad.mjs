// Before a lease goes back, its use is noted by means of another one: when all are out, none can ever come back.
// Ends: exit 13
// cf. coopernurse/node-pool#125
// cf. coopernurse/node-pool#85
import { createPool } from "generic-pool";

const notes = [];
const pool = createPool({ create: async () => ({ note: (text) => notes.push(text) }), destroy: async () => {} });

async function noteUse(name) {
  await pool.use(async (session) => session.note(name)); // starves
}

function borrow(name, work) {
  return pool.acquire().then((session) =>
    Promise.resolve(work(session))
      .then(() => noteUse(name))
      .finally(() => pool.release(session)),
  );
}

await borrow("report", async () => {}); // waits
if (notes.length !== 1) throw new Error(notes.join());
