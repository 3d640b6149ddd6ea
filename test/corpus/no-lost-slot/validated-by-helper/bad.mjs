// A helper says that the client is broken; the loop says so in the log and goes on, and the client is still counted.
// Ends: hang
const keepAlive = setInterval(() => {}, 1_000);

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

  async get() {
    while (this.free.length > 0) {
      const client = this.free.pop();
      if (!(await this.isUsable(client))) { // starves
        console.error(`client ${client.id} is broken`);
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

console.error = () => {};
const clients = new Clients(2, () => ({ state: "ok" }));
const pair = [await clients.get(), await clients.get()];
for (const client of pair) {
  client.state = "broken";
  clients.put(client);
}
await clients.get(); // waits
clearInterval(keepAlive);
