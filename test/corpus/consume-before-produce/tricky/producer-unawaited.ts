// The shape of multipart range responses: the writing function is called, not awaited; its failure aborts the stream.
async function writeParts(writable: WritableStream<string>, parts: readonly string[]): Promise<void> {
  const writer = writable.getWriter();
  for (const part of parts) {
    await writer.ready;
    await writer.write(`--boundary\n${part}\n`);
  }
  await writer.close();
}

const { readable, writable } = new TransformStream<string, string>();
void writeParts(writable, ["first", "second"]).catch((error: unknown) => writable.abort(error));

const body = (await Array.fromAsync(readable)).join("");
if (body.split("--boundary").length !== 3) throw new Error(body);
