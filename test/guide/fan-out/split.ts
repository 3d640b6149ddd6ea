import { fanOut, splitBy } from "tailrace";

const orders = ["ann 1", "bob 1", "ann 2", "cy 1", "ann 3"];
const done: string[] = [];
const worker = async (items: AsyncIterable<string>): Promise<void> => {
  for await (const order of items) done.push(order);
};

await fanOut(orders, [worker, worker], { route: splitBy((order) => order.split(" ")[0]) });
console.log(done.filter((order) => order.startsWith("ann")).join(", ")); // one worker had them all
// prints ann 1, ann 2, ann 3
