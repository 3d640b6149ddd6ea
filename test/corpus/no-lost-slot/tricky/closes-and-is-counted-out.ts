// The dead connection is closed, and its "close" counts it out.
import assert from "node:assert";
import { EventEmitter } from "node:events";

class Connection extends EventEmitter {
  alive = true;
  close(): void {
    this.emit("close");
  }
}

class Pool {
  readonly #idle: Connection[] = [];
  readonly #waiting: ((connection: Connection) => void)[] = [];
  #size = 0;

  async acquire(): Promise<Connection> {
    for (let connection = this.#idle.pop(); connection; connection = this.#idle.pop()) {
      if (connection.alive) return connection;
      connection.close();
    }
    if (this.#size >= 1) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#size += 1;
    const fresh = new Connection();
    fresh.once("close", () => {
      this.#size -= 1;
    });
    return fresh;
  }

  release(connection: Connection): void {
    const next = this.#waiting.shift();
    if (next) next(connection);
    else this.#idle.push(connection);
  }
}

const pool = new Pool();
const first = await pool.acquire();
first.alive = false;
pool.release(first);
assert.notEqual(await pool.acquire(), first);
