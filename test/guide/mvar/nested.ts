import { mvar, StarvationError } from "tailrace";

const account = mvar({ name: "account", value: 100 });

await account
  .with(async function transfer(balance) {
    await account.put(balance - 30); // waits until transfer has ended
  })
  .catch((error: unknown) => {
    console.log(error instanceof StarvationError);
    console.log((error as Error).message.split(" inside ")[0]);
  });
console.log(await account.read());
// prints true
// prints the call of "put" waits for a turn of mvar "account" (lent to "transfer", 1 waiting)
// prints 100
