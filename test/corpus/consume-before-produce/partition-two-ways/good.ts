// Both sides collect while the source is split.
const small = new TransformStream<number, number>();
const large = new TransformStream<number, number>();
const collecting = Promise.all([Array.fromAsync(small.readable), Array.fromAsync(large.readable)]);
const toSmall = small.writable.getWriter();
const toLarge = large.writable.getWriter();

for await (const value of ReadableStream.from([3, 80, 5, 70, 1])) {
  const side = value < 10 ? toSmall : toLarge;
  await side.write(value);
}
await Promise.all([toSmall.close(), toLarge.close()]);

const [lows, highs] = await collecting;
if (lows.length !== 3 || highs.length !== 2) throw new Error(`${lows.length} ${highs.length}`);
