// abort() discards what is queued: it does not wait for a reader.
const { readable, writable } = new TransformStream<string, string>();
const writer = writable.getWriter();
const written = writer.write("never mind").catch((error: unknown) => error);
await writer.abort(new Error("changed my mind"));
if (!((await written) instanceof Error)) throw new Error("not rejected");

try {
  for await (const text of readable) throw new TypeError(text);
} catch (error) {
  if ((error as Error).message !== "changed my mind") throw error;
}
