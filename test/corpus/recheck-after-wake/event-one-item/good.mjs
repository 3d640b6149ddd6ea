// Each taker looks again after each event, so that the one that finds nothing waits for the next.
import assert from "node:assert";
import { EventEmitter, once } from "node:events";

const arrivals = new EventEmitter();
const parcels = [];

async function collect() {
  while (parcels.length === 0) await once(arrivals, "parcel");
  return parcels.shift();
}

const collected = Promise.all([collect(), collect()]);
parcels.push("book");
arrivals.emit("parcel");
setTimeout(() => {
  parcels.push("lamp");
  arrivals.emit("parcel");
}, 10);
assert.deepEqual(await collected, ["book", "lamp"]);
