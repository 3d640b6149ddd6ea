// What is broken is destroyed, and its place is free.
import assert from "node:assert";

class Clients {
  constructor(max, create) {
    this.max = max;
    this.create = create;
    this.total = 0;
    this.free = [];
    this.waiters = [];
  }

  async isUsable(client) {
    return client.state !== "broken";
  }

  destroy(client) {
    client.state = "destroyed";
    this.total--;
  }

  async get() {
    while (this.free.length > 0) {
      const client = this.free.pop();
      if (!(await this.isUsable(client))) {
        this.destroy(client);
        continue;
      }
      return client;
    }
    if (this.total < this.max) {
      this.total++;
      return this.create();
    }
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  put(client) {
    if (this.waiters.length > 0) this.waiters.shift()(client);
    else this.free.push(client);
  }
}

const clients = new Clients(2, () => ({ state: "ok" }));
const pair = [await clients.get(), await clients.get()];
for (const client of pair) {
  client.state = "broken";
  clients.put(client);
}
assert.equal((await clients.get()).state, "ok");
