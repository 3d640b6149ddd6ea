import { broadcast, scope } from "tailrace";

const prices = broadcast<number>({ name: "prices", audience: 2 });

await scope(async (s) => {
  s.spawn(async () => {
    for await (const price of prices.subscribe({ name: "ledger" })) console.log(`booked ${price}`);
  });
  s.spawn(async () => {
    using display = prices.subscribe({ name: "display", slow: "latest" });
    for await (const price of display) if (price === 3) console.log(`shown ${price}`);
  });
  for (const price of [1, 2, 3]) await prices.send(price); // waits until both listen
  prices.close();
});
// prints booked 1
// prints booked 2
// prints booked 3
// prints shown 3
