// The helper goes over the connection that it is given, and over the pool only where it is given none.
// Server: postgres
import pg from "pg";

const pool = new pg.Pool({ max: 1 });

async function one(db: pg.Pool | pg.PoolClient = pool): Promise<number> {
  const { rows } = await db.query<{ one: number }>("SELECT 1 AS one");
  return rows[0]?.one ?? 0;
}

async function two({ db = pool }: { db?: pg.Pool | pg.PoolClient } = {}): Promise<number> {
  return (await one(db)) + (await one(db));
}

const client = await pool.connect();
try {
  const pending: Promise<number>[] = [];
  if ((await one(client)) + (await two({ db: client })) !== 3) throw new Error("not three");
  // Nobody waits for this one before the connection is back.
  pending.push(one());
  client.release();
  if ((await Promise.all(pending)).join() !== "1") throw new Error(pending.join());
} finally {
  await pool.end();
}
