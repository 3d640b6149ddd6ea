// The query goes over the connection of the transaction.
// Server: postgres
import knex from "knex";

const connection = { host: process.env.PGHOST, port: Number(process.env.PGPORT), user: process.env.PGUSER };
const log = { error() {}, warn() {} };
const db = knex({ client: "pg", connection, log, pool: { min: 0, max: 1 }, acquireConnectionTimeout: 5000 });

try {
  await db.transaction(async (trx) => {
    const [{ size }] = await trx.select(trx.raw("3 AS size"));
    await db.select(db.raw("?::int", [size])).transacting(trx);
  });
} finally {
  await db.destroy();
}
