// Every query of the transaction goes through what begin() passes.
// Server: postgres
import postgres from "postgres";

const sql = postgres({ max: 2, onnotice: () => {} });

async function enroll(student: number): Promise<number> {
  return sql.begin(async (transaction) => {
    await transaction`SELECT ${student}::int`;
    const [row] = await transaction`SELECT 30 AS seats`;
    return Number(row?.["seats"]);
  });
}

const seats = await Promise.all([enroll(1), enroll(2)]);
await sql.end();
if (seats.join() !== "30,30") throw new Error(seats.join());
