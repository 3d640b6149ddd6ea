// The form with a function commits or rolls back by itself.
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
  return db.transaction(async (trx) => {
    if (levels.length === 0) return 0;
    await trx.raw("INSERT INTO levels VALUES (4.2)");
    return levels.length;
  });
}

await store([]);
if ((await store([4.2])) !== 1) throw new Error("not stored");
await db.destroy();
