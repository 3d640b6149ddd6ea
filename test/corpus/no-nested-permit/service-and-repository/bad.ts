// The service's transaction holds a connection, and its repository, which is the data source's, asks for another one.
// Server: postgres
// Ends: exit 1
// Fails: timeout exceeded when trying to connect
// cf. bcgov/SIMS#2528
// cf. ladesa-ro/management-service#1068
// cf. vendurehq/vendure#1639
import { DataSource, EntitySchema } from "typeorm";
import type { Repository } from "typeorm";

interface Grade {
  id: number;
  value: number;
}

const grades = new EntitySchema<Grade>({
  name: "permit_grade_outside",
  columns: { id: { type: Number, primary: true }, value: { type: Number } },
});
const { PGHOST: host = "", PGPORT: port, PGUSER: username = "", PGDATABASE: database = "" } = process.env;
const address = { host, port: Number(port), username, database };
const extra = { max: 2, connectionTimeoutMillis: 400 };
const source = new DataSource({ type: "postgres", ...address, entities: [grades], synchronize: true, extra });

class GradeService {
  readonly #source: DataSource;
  readonly #grades: Repository<Grade>;

  constructor(source: DataSource, grades: Repository<Grade>) {
    this.#source = source;
    this.#grades = grades;
  }

  async set(id: number, value: number): Promise<void> {
    await this.#source.transaction(async (manager) => {
      await manager.delete(grades, { id });
      await this.#grades.save({ id, value }); // starves
    });
  }
}

await source.initialize();
try {
  const service = new GradeService(source, source.getRepository(grades));
  await Promise.all([service.set(1, 90), service.set(2, 70)]);
} finally {
  await source.query('DROP TABLE "permit_grade_outside"');
  await source.destroy();
}
