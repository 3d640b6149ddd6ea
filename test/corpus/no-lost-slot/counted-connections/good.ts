// The dead connection is counted out, so that another one is made in its place.
import assert from "node:assert";

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
      if (connection.alive) return connection;
      this.#size -= 1;
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

const pool = new Pool();
const first = await pool.acquire();
pool.release(first);
first.alive = false;
const second = await pool.acquire();
assert.notEqual(second, first);
