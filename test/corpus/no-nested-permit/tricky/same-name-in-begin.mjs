// The parameter has the name of the outer sql, and is meant wherever it is spoken of inside.
// Server: postgres
import postgres from "postgres";

const sql = postgres({ max: 1, onnotice: () => {} });

async function count(sql) {
  const rows = await sql`SELECT generate_series(1, 3)`;
  return rows.length;
}

const size = await sql.begin(async (sql) => {
  const condition = sql`WHERE ${true}`;
  await sql`SELECT 1 ${condition}`;
  return count(sql);
});
await sql.end();
if (size !== 3) throw new Error(String(size));
