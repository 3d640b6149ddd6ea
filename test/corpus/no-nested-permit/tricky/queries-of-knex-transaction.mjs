// Every query is begun by the transaction, or told to be part of it; what is only built with knex waits for nothing.
// Server: postgres
import knex from "knex";

const connection = { host: process.env.PGHOST, port: Number(process.env.PGPORT), user: process.env.PGUSER };
const db = knex({ client: "pg", connection, pool: { min: 0, max: 1 } });

const numbers = (query = db) => query.select(db.raw("generate_series(1, 3) AS n"));

const rows = await db.transaction(async (trx) => {
  const part = db.raw("1 AS one");
  await trx.select(part);
  await db.select(db.raw("2")).transacting(trx);
  await trx.transaction(async (inner) => inner.raw("SELECT 3"));
  return numbers(trx);
});
await db.destroy();
if (rows.length !== 3) throw new Error(String(rows.length));
