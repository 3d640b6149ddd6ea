// A transaction that finds nothing to store is neither committed nor rolled back, and keeps its connection for ever.
// Ends: exit 1
// Fails: acquiring a connection
// cf. knex/knex#4399, knex/knex#2302, prisma/prisma-client-extensions#35
import knex from "knex";
import Client from "knex/lib/client.js";

class StubClient extends Client {
  async acquireRawConnection() {
    return {};
  }
  async destroyRawConnection() {}
  validateConnection() {
    return true;
  }
  async _query(_connection, query) {
    return { ...query, response: [] };
  }
  processResponse() {
    return [];
  }
}
Object.assign(StubClient.prototype, { dialect: "stub", driverName: "stub", _driver: () => ({}) });
const db = knex({ client: StubClient, connection: {}, pool: { min: 0, max: 1 }, acquireConnectionTimeout: 200, log: { warn() {}, error() {} } });

async function store(levels) {
  const trx = await db.transaction(); // starves
  if (levels.length === 0) return 0;
  await trx.raw("INSERT INTO levels VALUES (4.2)").catch(() => undefined);
  await trx.commit();
  return levels.length;
}

await store([]);
await store([4.2]);
