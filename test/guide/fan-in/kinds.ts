import { setTimeout as sleep } from "node:timers/promises";
import { channel, fanIn, scope } from "tailrace";

const orders = channel<string>({ name: "orders" });
const payments = channel<number>({ name: "payments" });

await scope(async (s) => {
  s.spawn(async () => {
    await orders.send("book");
    await sleep(1);
    await payments.send(12);
    await sleep(1);
    await orders.send("pen");
    orders.close();
    payments.close();
  });
  for await (const [kind, item] of fanIn({ orders, payments })) console.log(kind, item);
});
// prints orders book
// prints payments 12
// prints orders pen
