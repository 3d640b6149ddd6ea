// A record of promises beside the record of writers: both ends of every stream are at work before the first order.
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

async function sum(readable: ReadableStream<Order>): Promise<number> {
  let sum = 0;
  for await (const { total } of readable) sum += total;
  return sum;
}

const streams = Object.fromEntries(regions.map((region) => [region, new TransformStream<Order, Order>()]));
const sums = Object.fromEntries(regions.map((region) => [region, sum(streams[region]!.readable)]));
const writers = Object.fromEntries(regions.map((region) => [region, streams[region]!.writable.getWriter()]));

for (const order of orders) {
  await writers[order.region]!.write(order);
}
for (const region of regions) await writers[region]!.close();

if ((await sums["eu"]) !== 15 || (await sums["us"]) !== 20) throw new Error("wrong totals");
