/** Calls back with somewhere to write; resolves to what was written. */
export async function capture(fill: (target: WritableStream<string>) => Promise<void>): Promise<string> {
  const { readable, writable } = new TransformStream<string, string>();
  await fill(writable);
  const parts: string[] = [];
  for await (const part of readable) parts.push(part);
  return parts.join("");
}

/** The same, reading while it is filled. */
export async function captured(fill: (target: WritableStream<string>) => Promise<void>): Promise<string> {
  const { readable, writable } = new TransformStream<string, string>();
  const [parts] = await Promise.all([Array.fromAsync(readable), fill(writable)]);
  return parts.join("");
}
