import { setTimeout as sleep } from "node:timers/promises";
import { all, allSettled, any, race } from "tailrace";
import type { TaskContext } from "tailrace";

const north = async () => sleep(5, "north");
const south = async ({ signal }: TaskContext) => sleep(60_000, "south", { signal });
async function broken(): Promise<never> {
  throw new Error("no such host");
}

console.log(await any([broken, north, south])); // prints north

const failure = await race([north, south, broken]).catch(String);
console.log(failure); // prints Error: no such host

for (const { status } of await allSettled([broken, north])) console.log(status);
// prints rejected
// prints fulfilled

const [name, number] = await all([north, () => 7], { name: "both", timeout: 1000 });
console.log(name, number); // prints north 7
