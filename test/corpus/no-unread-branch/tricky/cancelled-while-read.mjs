// The cancel of one branch settles when the other has been read to its end, which happens meanwhile.
const [left, right] = ReadableStream.from(["a", "b"]).tee();
const reading = Array.fromAsync(right);
await left.cancel();
const chunks = await reading;
if (chunks.join() !== "a,b") throw new Error(chunks.join());
