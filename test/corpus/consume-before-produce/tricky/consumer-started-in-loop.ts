// The first turn of the loop starts the reader before it writes anything.
const { readable, writable } = new TextEncoderStream();
const writer = writable.getWriter();
let packed: Promise<ArrayBuffer> | undefined;
for (const word of ["head ", "tail"]) {
  packed ??= new Response(readable).arrayBuffer();
  await writer.write(word);
}
await writer.close();

const { byteLength } = await packed!;
if (byteLength !== 9) throw new Error(`${byteLength}`);
