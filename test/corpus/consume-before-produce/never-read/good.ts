// What only takes is a WritableStream.
let bytes = 0;
const counter = new WritableStream<Uint8Array>({
  write(chunk) {
    bytes += chunk.length;
  },
});

const writer = counter.getWriter();
for (const size of [10, 20, 30]) {
  await writer.write(new Uint8Array(size));
}
await writer.close();
if (bytes !== 60) throw new Error(`${bytes}`);
