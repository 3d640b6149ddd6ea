// The transaction stands in a third argument that update() does not have: the query waits for a connection of its own.
// Server: postgres
// Ends: exit 1
// Fails: ConnectionAcquireTimeoutError
// cf. sequelize/sequelize#11024
import { DataTypes, Sequelize } from "sequelize";

const { PGHOST: host = "", PGPORT: port, PGUSER: username = "", PGDATABASE: database = "" } = process.env;
const pool = { max: 2, acquire: 400 };
const sequelize = new Sequelize({ dialect: "postgres", host, port: Number(port), username, database, pool, logging: false });
const Seat = sequelize.define("permit_seat_values", { taken: DataTypes.BOOLEAN }, { timestamps: false });

const book = (id: number): Promise<void> =>
  sequelize.transaction(async (transaction) => {
    await Seat.findByPk(id, { transaction });
    // @ts-expect-error There are two parameters.
    await Seat.update({ taken: true }, { where: { id } }, { transaction }); // starves
  });

await Seat.sync();
try {
  await Promise.all([book(1), book(2)]);
} finally {
  await Seat.drop();
  await sequelize.close();
}
