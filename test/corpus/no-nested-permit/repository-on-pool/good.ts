// The repository is told over what connection to go.
// Server: postgres
import pg from "pg";

const pool = new pg.Pool({ max: 1 });

class Users {
  async touch(id: number, db: pg.Pool | pg.PoolClient = pool): Promise<void> {
    await db.query("SELECT $1::int", [id]);
  }
}

const users = new Users();

async function rename(id: number): Promise<void> {
  const connection = await pool.connect();
  try {
    await connection.query("BEGIN");
    await users.touch(id, connection);
    await connection.query("COMMIT");
  } finally {
    connection.release();
  }
}

await users.touch(0);
await rename(1);
await pool.end();
