// The service holds a connection while its repository, which knows only the pool, asks for another one.
// Server: postgres
// Ends: hang
// cf. typeorm/typeorm#4168
// cf. ladesa-ro/management-service#1068
import pg from "pg";

const pool = new pg.Pool({ max: 1 });

class Users {
  async touch(id: number): Promise<void> {
    await pool.query("SELECT $1::int", [id]);
  }
}

const users = new Users();

async function rename(id: number): Promise<void> {
  const connection = await pool.connect();
  try {
    await connection.query("BEGIN");
    await users.touch(id); // starves
    await connection.query("COMMIT");
  } finally {
    connection.release();
  }
}

await users.touch(0);
await rename(1); // waits
await pool.end();
