// A record of streams by name: the write to one key waits for a reader that is found by the same key later.
// Ends: exit 13
const regions = ["eu", "us"] as const;
type Region = (typeof regions)[number];
interface Order {
  region: Region;
  total: number;
}
const orders: Order[] = [
  { region: "eu", total: 10 },
  { region: "us", total: 20 },
  { region: "eu", total: 5 },
];

const streams = Object.fromEntries(regions.map((region) => [region, new TransformStream<Order, Order>()]));
const writers = Object.fromEntries(regions.map((region) => [region, streams[region]!.writable.getWriter()]));

for (const order of orders) {
  await writers[order.region]!.write(order); // starves
}
for (const region of regions) await writers[region]!.close();

const totals: Record<string, number> = {};
for (const region of regions) {
  for await (const { total } of streams[region]!.readable) totals[region] = (totals[region] ?? 0) + total;
}
if (totals["eu"] !== 15 || totals["us"] !== 20) throw new Error(JSON.stringify(totals));
