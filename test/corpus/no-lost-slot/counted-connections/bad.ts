// The pool counts its connections up to a limit; a dead one is dropped, and still counted.
// Ends: hang
class Connection {
  alive = true;
}

class Pool {
  readonly #idle: Connection[] = [];
  readonly #waiting: ((connection: Connection) => void)[] = [];
  #size = 0;
  readonly max = 1;

  async acquire(): Promise<Connection> {
    for (;;) {
      const connection = this.#idle.pop();
      if (!connection) break;
      if (connection.alive) return connection; // starves
    }
    if (this.#size < this.max) {
      this.#size += 1;
      return new Connection();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  release(connection: Connection): void {
    const next = this.#waiting.shift();
    if (next) next(connection);
    else this.#idle.push(connection);
  }
}

const keepAlive = setInterval(() => {}, 1_000);
const pool = new Pool();
const first = await pool.acquire();
pool.release(first);
first.alive = false;
await pool.acquire(); // waits
clearInterval(keepAlive);
