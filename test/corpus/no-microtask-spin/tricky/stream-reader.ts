// Each turn awaits the next chunk of a stream that has them all: it looks endless, and ends with the stream.
import assert from "node:assert";

let aborted = false;
const timer = setTimeout(() => {
  aborted = true;
}, 1000);
const reader = new Blob(["one", "two"]).stream().getReader();
let size = 0;
while (!aborted) {
  const { done, value } = await reader.read();
  if (done) break;
  size += value.length;
}
clearTimeout(timer);
assert.equal(size, 6);
