// Both ends are elements of one Promise.all, the sending end first.
const { readable, writable } = new TextEncoderStream();
const writer = writable.getWriter();
const [, , bytes] = await Promise.all([writer.write("sluice"), writer.close(), new Response(readable).bytes()]);
if (bytes.length !== 6) throw new Error(`${bytes.length}`);
