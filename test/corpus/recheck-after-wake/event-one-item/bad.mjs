// Two takers wait for one event; both go on when the first item comes, and the second takes what is not there.
// Ends: exit 1
// Fails: both were given an item
import assert from "node:assert";
import { EventEmitter, once } from "node:events";

const arrivals = new EventEmitter();
const parcels = [];

async function collect() {
  if (parcels.length === 0) await once(arrivals, "parcel"); // starves
  return parcels.shift();
}

const collected = Promise.all([collect(), collect()]);
parcels.push("book");
arrivals.emit("parcel");
setTimeout(() => {
  parcels.push("lamp");
  arrivals.emit("parcel");
}, 10);
assert.deepEqual(await collected, ["book", "lamp"], "both were given an item");
