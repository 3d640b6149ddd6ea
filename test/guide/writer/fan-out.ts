import { PassThrough } from "node:stream";
import { fanOut, writeScheduler } from "tailrace";
import { frame, frames } from "./frames/frames.ts";

interface Price {
  readonly market: "north" | "south";
  readonly price: number;
}

async function* prices(): AsyncGenerator<Buffer[]> {
  const all: Price[] = [
    { market: "north", price: 20 },
    { market: "south", price: 21 },
  ];
  for (const { market, price } of all) yield [frame(1, `${market} ${price}`), frame(2, price.toString())];
}

const connection = new PassThrough();
const sink = writeScheduler().sink<Buffer>(connection);
const totals = fanOut(
  prices(),
  {
    prices: sink.lane({ name: "prices" }),
    chart: { run: sink.lane({ name: "chart" }), slow: "latest" }, // may lose some
  },
  { route: "zip" },
);
void totals.then(() => connection.end()); // each lane is closed when all of it is written

for await (const { lane, body } of frames(connection)) if (lane === 1) console.log(body.toString());
for (const { name, status } of totals.sinks) console.log(`${name}: ${status}`);
// prints north 20
// prints south 21
// prints prices: succeeded
// prints chart: succeeded
