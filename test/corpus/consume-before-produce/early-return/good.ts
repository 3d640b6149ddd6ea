// The reader starts where the stream is made; the early return cancels it by aborting the writer.
async function checksum(chunks: readonly Uint8Array[], signal: AbortSignal): Promise<number> {
  if (chunks.length === 0) return 0;
  const { readable, writable } = new TransformStream<Uint8Array, number>({
    transform(chunk, controller) {
      controller.enqueue(chunk.reduce((sum, byte) => (sum + byte) % 65_521, 1));
    },
  });
  const total = sum(readable);
  const writer = writable.getWriter();
  for (const chunk of chunks) {
    if (signal.aborted) return -1;
    await writer.write(chunk);
  }
  await writer.close();
  return await total;
}

async function sum(partials: ReadableStream<number>): Promise<number> {
  let total = 0;
  for await (const partial of partials) total = (total + partial) % 65_521;
  return total;
}

const never = new AbortController().signal;
if ((await checksum([], never)) !== 0) throw new Error("empty");
const total = await checksum([Buffer.from("ab"), Buffer.from("c")], never);
if (total !== 296) throw new Error(`${total}`);
