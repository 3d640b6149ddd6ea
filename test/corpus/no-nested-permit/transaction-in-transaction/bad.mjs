// Each order begins a second transaction inside its first one: all connections are held by orders that wait for another.
// Server: postgres
// Ends: exit 1
// Fails: ConnectionAcquireTimeoutError
// cf. sequelize/sequelize#10976
import { Sequelize } from "sequelize";

const { PGHOST: host, PGPORT: port, PGUSER: username, PGDATABASE: database } = process.env;
const pool = { max: 2, acquire: 400 };
const db = new Sequelize({ dialect: "postgres", host, port: Number(port), username, database, pool, logging: false });

async function charge(amount) {
  await db.transaction(async (transaction) => {
    await db.query(`SELECT ${amount}::int`, { transaction });
  });
}

async function order(amount) {
  const transaction = await db.transaction();
  try {
    await db.query("SELECT 1", { transaction });
    await charge(amount); // starves
    await transaction.commit();
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
}

await charge(0);
try {
  await Promise.all([order(1), order(2)]);
} finally {
  await db.close();
}
