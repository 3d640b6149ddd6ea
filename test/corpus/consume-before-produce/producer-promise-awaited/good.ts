// First read to the end, then ask the producer how it went.
async function produce(writer: WritableStreamDefaultWriter<bigint>): Promise<void> {
  for (let [a, b] = [0n, 1n]; a < 100n; [a, b] = [b, a + b]) await writer.write(a);
  await writer.close();
}

const fibonacci = new TransformStream<bigint, bigint>();
const producing = produce(fibonacci.writable.getWriter());

const numbers: bigint[] = [];
for await (const number of fibonacci.readable) numbers.push(number);
await producing;
if (numbers.at(-1) !== 89n) throw new Error(numbers.join());
