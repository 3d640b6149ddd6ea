// The first lease is back before the second one is asked for.
import genericPool from "generic-pool";

const pool = genericPool.createPool({ create: async () => ({ log: [] }), destroy: async () => {} }, { max: 3 });

const withLease = (use) => pool.use(async (session) => use(session));

async function order(id) {
  await withLease((session) => session.log.push(id));
  await withLease((audit) => audit.log.push(`ordered ${id}`));
}

await Promise.all([order(1), order(2), order(3)]);
await pool.drain();
await pool.clear();
