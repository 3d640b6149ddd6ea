// A query that is not told of the transaction waits for a connection of its own, until Knex gives up.
// Server: postgres
// Ends: exit 1
// Fails: Timeout acquiring a connection
// cf. knex/knex#2820
// cf. knex/knex#1380
// cf. FreeFeed/freefeed-server#422
import knex from "knex";

const connection = { host: process.env.PGHOST, port: Number(process.env.PGPORT), user: process.env.PGUSER };
const log = { error() {}, warn() {} };
const db = knex({ client: "pg", connection, log, pool: { min: 0, max: 1 }, acquireConnectionTimeout: 300 });

try {
  await db.transaction(async (trx) => {
    const [{ size }] = await trx.select(trx.raw("3 AS size"));
    await db.select(db.raw("?::int", [size])); // starves
  });
} finally {
  await db.destroy();
}
