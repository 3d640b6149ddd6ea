// The producer runs beside us, as it should, until its promise is awaited one line too early.
// Ends: exit 13
async function produce(writer: WritableStreamDefaultWriter<bigint>): Promise<void> {
  for (let [a, b] = [0n, 1n]; a < 100n; [a, b] = [b, a + b]) await writer.write(a);
  await writer.close();
}

const fibonacci = new TransformStream<bigint, bigint>();
const producing = produce(fibonacci.writable.getWriter());
await producing; // starves

const numbers: bigint[] = [];
for await (const number of fibonacci.readable) numbers.push(number);
if (numbers.at(-1) !== 89n) throw new Error(numbers.join());
