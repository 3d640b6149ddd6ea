import { pool, StarvationError } from "tailrace";

await using db = pool({ name: "db", max: 1, spawn: () => ({ rows: ["ann", "bob"] }) });

const names = (): Promise<string[]> => db.use(function readNames({ rows }) {
  return rows;
});

const report = db.use(async function transaction() {
  return (await names()).length; // waits for the connection of transaction, which waits for it
});
await report.catch((error: unknown) => {
  console.log(error instanceof StarvationError);
  console.log((error as Error).message.split(", which")[0]);
});
// prints true
// prints the call of "readNames" waits for a lease of pool "db" (1 slot: 1 leased) inside the call of "transaction"
