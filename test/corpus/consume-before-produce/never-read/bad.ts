// A transform used as a counter: nothing is ever enqueued, and still the first write waits until somebody reads.
// Ends: exit 13
let bytes = 0;
const counter = new TransformStream<Uint8Array, never>({
  transform(chunk) {
    bytes += chunk.length;
  },
});

const writer = counter.writable.getWriter();
for (const size of [10, 20, 30]) {
  await writer.write(new Uint8Array(size)); // starves
}
await writer.close();
if (bytes !== 60) throw new Error(`${bytes}`);
