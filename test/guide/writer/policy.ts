import { Writable } from "node:stream";
import { deficitRoundRobin, strictPriority, writeScheduler } from "tailrace";

const arrived: string[] = [];
const connection = new Writable({
  highWaterMark: 64,
  write(chunk: Buffer, _encoding, done) {
    arrived.push(chunk.toString());
    setImmediate(done);
  },
});

const scheduler = writeScheduler({ policy: deficitRoundRobin({ quantum: 64 }), quantum: 64 });
const sink = scheduler.sink<string>(connection);

/** How many of the first 40 chunks are of the lane that has paid. */
async function race(): Promise<string> {
  arrived.length = 0;
  const paid = sink.lane({ name: "paid", weight: 3, priority: 0 });
  const free = sink.lane({ name: "free", weight: 1, priority: 1 });
  for (let turn = 0; turn < 100; turn++) {
    paid.trySend("paid".padEnd(64));
    free.trySend("free".padEnd(64));
  }
  await Promise.all([paid.close(), free.close()]);
  return `${arrived.slice(0, 40).filter((chunk) => chunk.startsWith("paid")).length} of 40`;
}

console.log(await race());
scheduler.configure({ policy: strictPriority() }); // from here on
console.log(await race());
// prints 30 of 40
// prints 0 of 40
