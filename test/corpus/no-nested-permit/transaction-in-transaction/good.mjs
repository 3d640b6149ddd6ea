// The inner one is a part of the outer one, on the same connection.
// Server: postgres
import { Sequelize } from "sequelize";

const { PGHOST: host, PGPORT: port, PGUSER: username, PGDATABASE: database } = process.env;
const pool = { max: 2, acquire: 400 };
const db = new Sequelize({ dialect: "postgres", host, port: Number(port), username, database, pool, logging: false });

async function charge(amount, transaction) {
  await db.query(`SELECT ${amount}::int`, { transaction });
}

async function order(amount) {
  const transaction = await db.transaction();
  try {
    await db.query("SELECT 1", { transaction });
    await charge(amount, transaction);
    await transaction.commit();
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
}

try {
  await Promise.all([order(1), order(2)]);
} finally {
  await db.close();
}
