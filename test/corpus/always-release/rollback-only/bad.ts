// A failed transaction is rolled back, but its connection is given back only after a commit: two failures take both.
// Ends: exit 13
// cf. typeorm/typeorm#4866, typeorm/typeorm#2681
import { createPool } from "generic-pool";

interface Runner {
  run: (statement: string) => Promise<string>;
}
const run = async (statement: string): Promise<string> => {
  if (statement.startsWith("INSERT")) throw new Error("constraint violated");
  return statement;
};
const pool = createPool<Runner>({ create: async () => ({ run }), destroy: async () => undefined }, { max: 2 });

async function transaction(statement: string): Promise<string> {
  const runner = await pool.acquire(); // starves
  try {
    await runner.run("BEGIN");
    const result = await runner.run(statement);
    await runner.run("COMMIT");
    await pool.release(runner);
    return result;
  } catch (error) {
    await runner.run("ROLLBACK");
    throw error;
  }
}

await transaction("INSERT 1").catch(() => undefined);
await transaction("INSERT 2").catch(() => undefined);
await transaction("SELECT 1");
