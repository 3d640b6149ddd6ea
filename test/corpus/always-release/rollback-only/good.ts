// Whether it was committed or rolled back, the connection goes back to the pool.
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
  const runner = await pool.acquire();
  try {
    await runner.run("BEGIN");
    const result = await runner.run(statement);
    await runner.run("COMMIT");
    return result;
  } catch (error) {
    await runner.run("ROLLBACK");
    throw error;
  } finally {
    await pool.release(runner);
  }
}

await transaction("INSERT 1").catch(() => undefined);
await transaction("INSERT 2").catch(() => undefined);
if ((await transaction("SELECT 1")) !== "SELECT 1") throw new Error("no answer");
