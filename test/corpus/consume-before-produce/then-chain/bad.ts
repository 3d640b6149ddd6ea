// then() after then() after close(): the function that reads waits for the last of them.
// Ends: exit 13
async function frame(header: string, body: string): Promise<Uint8Array> {
  const { readable, writable } = new TextEncoderStream();
  const writer = writable.getWriter();
  await writer.write(header).then(() => writer.write(body)).then(() => writer.close()); // starves
  return Buffer.concat(await Array.fromAsync(readable));
}

const bytes = await frame("len=4;", "flow");
if (bytes.length !== 10) throw new Error(`${bytes.length}`);
