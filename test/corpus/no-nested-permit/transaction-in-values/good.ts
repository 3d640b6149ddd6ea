// The transaction is one of the options.
// Server: postgres
import { DataTypes, Sequelize } from "sequelize";

const { PGHOST: host = "", PGPORT: port, PGUSER: username = "", PGDATABASE: database = "" } = process.env;
const pool = { max: 2, acquire: 400 };
const sequelize = new Sequelize({ dialect: "postgres", host, port: Number(port), username, database, pool, logging: false });
const Seat = sequelize.define("permit_seat_options", { taken: DataTypes.BOOLEAN }, { timestamps: false });

const book = (id: number): Promise<void> =>
  sequelize.transaction(async (transaction) => {
    await Seat.findByPk(id, { transaction });
    await Seat.update({ taken: true }, { where: { id }, transaction });
  });

await Seat.sync();
try {
  await Promise.all([book(1), book(2)]);
} finally {
  await Seat.drop();
  await sequelize.close();
}
