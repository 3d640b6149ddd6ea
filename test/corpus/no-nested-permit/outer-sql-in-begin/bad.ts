// Inside begin() a query goes through the outer sql, which needs a connection while all of them are in transactions.
// Server: postgres
// Ends: hang
// cf. porsager/postgres#893
import postgres from "postgres";

const sql = postgres({ max: 2, onnotice: () => {} });

async function enroll(student: number): Promise<number> {
  return sql.begin(async (transaction) => {
    await transaction`SELECT ${student}::int`;
    const [row] = await sql`SELECT 30 AS seats`; // starves
    return Number(row?.["seats"]);
  });
}

const seats = await Promise.all([enroll(1), enroll(2)]); // waits
await sql.end();
if (seats.join() !== "30,30") throw new Error(seats.join());
