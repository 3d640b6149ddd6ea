// The chain and the reader are awaited together.
async function frame(header: string, body: string): Promise<Uint8Array> {
  const { readable, writable } = new TextEncoderStream();
  const writer = writable.getWriter();
  const [chunks] = await Promise.all([
    Array.fromAsync(readable),
    writer.write(header).then(() => writer.write(body)).then(() => writer.close()),
  ]);
  return Buffer.concat(chunks);
}

const bytes = await frame("len=4;", "flow");
if (bytes.length !== 10) throw new Error(`${bytes.length}`);
