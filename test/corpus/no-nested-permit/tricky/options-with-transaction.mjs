// The transaction is in the options of each query, written out, taken over or handed on.
// Server: postgres
import { DataTypes, Sequelize } from "sequelize";

const { PGHOST: host, PGPORT: port, PGUSER: username, PGDATABASE: database } = process.env;
const pool = { max: 1, acquire: 2000 };
const db = new Sequelize({ dialect: "postgres", host, port: Number(port), username, database, pool, logging: false });
const Row = db.define("permit_tricky_row", { text: DataTypes.TEXT }, { timestamps: false });

const total = (options) => Row.count(options);

await Row.sync();
try {
  const count = await db.transaction(async (transaction) => {
    const options = { transaction };
    const row = await Row.create({ text: "a" }, options);
    await row.update({ text: "b" }, { ...options });
    await Row.destroy({ where: { text: "c" }, transaction });
    return total({ ...options, where: { text: "b" } });
  });
  if (count !== 1) throw new Error(String(count));
} finally {
  await Row.drop();
  await db.close();
}
