import { pool } from "tailrace";

let made = 0;
const database = {
  connect: () => Promise.resolve({ id: ++made, isOpen: true, query: (text: string) => Promise.resolve(text.length) }),
};

await using db = pool({
  name: "db",
  max: 2,
  spawn: () => database.connect(),
  check: (connection) => connection.isOpen,
  terminate: (connection) => {
    connection.isOpen = false;
  },
});
await db.ready();

console.log(await db.use((connection) => connection.query("select 1")));
// prints 8

{
  await using lease = await db.acquire({ timeout: 500 });
  console.log(await lease.value.query("select 2"), db.stats.slots.leased, db.stats.slots.ready);
  // prints 8 1 1
}
console.log(db.stats.slots.leased, db.stats.totals.acquired);
// prints 0 2
