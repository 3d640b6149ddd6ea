import { limit, StarvationError } from "tailrace";

const limited = limit(1, { name: "db" });

async function readUser(): Promise<string> {
  return Promise.resolve("ann");
}

async function readOrders(): Promise<string> {
  // eslint-disable-next-line tailrace/no-nested-permit -- this is what goes wrong
  return `orders of ${await limited(readUser)}`; // waits for the permit of readOrders, which waits for it
}

await limited(readOrders).catch((error: unknown) => {
  console.log(error instanceof StarvationError);
  console.log((error as Error).message.split(" inside ")[0]);
});
// prints true
// prints the call of "readUser" waits for a permit of limit "db" (1 of 1 permit taken)
