// The function returns its readable side while the writes go on in a closure that was called without await.
function countdown(from: number): ReadableStream<string> {
  const { readable, writable } = new TransformStream<string, string>();
  const writer = writable.getWriter();
  const run = async (): Promise<void> => {
    for (let left = from; left > 0; left -= 1) await writer.write(`${left}`);
    await writer.write("lift-off");
    await writer.close();
  };
  run().catch((error: unknown) => void writer.abort(error));
  return readable;
}

const called = await Array.fromAsync(countdown(3));
if (called.join() !== "3,2,1,lift-off") throw new Error(called.join());
