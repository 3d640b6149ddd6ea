// The empty case returns before any write, so the tests of it pass; the other path writes before it reads.
// Ends: exit 13
async function checksum(chunks: readonly Uint8Array[], signal: AbortSignal): Promise<number> {
  if (chunks.length === 0) return 0;
  const { readable, writable } = new TransformStream<Uint8Array, number>({
    transform(chunk, controller) {
      controller.enqueue(chunk.reduce((sum, byte) => (sum + byte) % 65_521, 1));
    },
  });
  const writer = writable.getWriter();
  for (const chunk of chunks) {
    if (signal.aborted) return -1;
    await writer.write(chunk); // starves
  }
  await writer.close();
  let total = 0;
  for await (const partial of readable) total = (total + partial) % 65_521;
  return total;
}

const never = new AbortController().signal;
if ((await checksum([], never)) !== 0) throw new Error("empty");
const sum = await checksum([Buffer.from("ab"), Buffer.from("c")], never);
if (sum !== 296) throw new Error(`${sum}`);
