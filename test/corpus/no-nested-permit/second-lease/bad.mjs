// Each order holds a lease and asks the same pool for a second one: with all of them held, nobody gets it.
// Ends: exit 13
// cf. coopernurse/node-pool#130
import genericPool from "generic-pool";

const pool = genericPool.createPool({ create: async () => ({ log: [] }), destroy: async () => {} }, { max: 3 });

async function order(id) {
  const session = await pool.acquire();
  try {
    session.log.push(id);
    const audit = await pool.acquire(); // starves
    audit.log.push(`ordered ${id}`);
    await pool.release(audit);
  } finally {
    await pool.release(session);
  }
}

await Promise.all([order(1), order(2), order(3)]); // waits
await pool.drain();
