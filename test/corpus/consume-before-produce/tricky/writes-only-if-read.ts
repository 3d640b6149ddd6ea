// The writes and the reader hang on the same condition: without a reader nothing is written.
async function trace(events: readonly string[], verbose: boolean): Promise<string> {
  const { readable, writable } = new TransformStream<string, string>();
  const log = verbose ? Array.fromAsync(readable) : undefined;
  if (log === undefined) return "";
  const writer = writable.getWriter();
  for (const event of events) await writer.write(event);
  await writer.close();
  return (await log).join();
}

const logs = [await trace(["open", "close"], true), await trace(["open"], false)];
if (logs.join("|") !== "open,close|") throw new Error(logs.join("|"));
