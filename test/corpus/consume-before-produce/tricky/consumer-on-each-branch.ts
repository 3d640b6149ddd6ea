// Which consumer starts depends on a condition; on every path one of them does.
async function store(lines: readonly string[], keep: boolean): Promise<number> {
  const { readable, writable } = new TransformStream<string, string>();
  let stored: Promise<string[]>;
  if (keep) {
    stored = Array.fromAsync(readable);
  } else {
    stored = readable.pipeTo(new WritableStream()).then(() => []);
  }
  const writer = writable.getWriter();
  for (const line of lines) await writer.write(line);
  await writer.close();
  return (await stored).length;
}

const counts = await Promise.all([store(["a", "b"], true), store(["a", "b"], false)]);
if (counts.join() !== "2,0") throw new Error(counts.join());
