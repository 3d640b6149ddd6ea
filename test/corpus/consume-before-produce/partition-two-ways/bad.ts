// Split one source into two: whichever side the first value goes to, that side is read only after the whole split.
// Ends: exit 13
const small = new TransformStream<number, number>();
const large = new TransformStream<number, number>();
const toSmall = small.writable.getWriter();
const toLarge = large.writable.getWriter();

for await (const value of ReadableStream.from([3, 80, 5, 70, 1])) {
  const side = value < 10 ? toSmall : toLarge;
  await side.write(value); // starves
}
await Promise.all([toSmall.close(), toLarge.close()]);

const lows = await Array.fromAsync(small.readable);
const highs = await Array.fromAsync(large.readable);
if (lows.length !== 3 || highs.length !== 2) throw new Error(`${lows.length} ${highs.length}`);
