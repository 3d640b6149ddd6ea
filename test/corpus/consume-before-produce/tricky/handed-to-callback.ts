// The readable side goes to a callback before the writes; what the callback does with it is its own affair.
async function sendReport(open: (body: ReadableStream<string>) => void, lines: readonly string[]): Promise<void> {
  const { readable, writable } = new TransformStream<string, string>();
  open(readable);
  const writer = writable.getWriter();
  for (const line of lines) await writer.write(line);
  await writer.close();
}

let received: Promise<string[]> | undefined;
await sendReport((body) => (received = Array.fromAsync(body)), ["level 4", "level 5"]);
if ((await received)?.length !== 2) throw new Error("lost lines");
