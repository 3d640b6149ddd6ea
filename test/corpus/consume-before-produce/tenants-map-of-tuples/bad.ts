// Writers and readers share a Map of tuples; the loop over the writers comes first and stays with the first tenant.
// Ends: exit 13
type Lane = [writer: WritableStreamDefaultWriter<string>, readable: ReadableStream<string>];

const lanes = new Map<string, Lane>();
for (const tenant of ["acme", "umbrella"]) {
  const stream = new TransformStream<string, string>();
  lanes.set(tenant, [stream.writable.getWriter(), stream.readable]);
}

for (const [tenant, [writer]] of lanes) {
  await writer.write(`hello ${tenant}`); // starves
  await writer.close();
}

const greetings: string[] = [];
for (const [, readable] of lanes.values()) {
  for await (const greeting of readable) greetings.push(greeting);
}
if (greetings.join() !== "hello acme,hello umbrella") throw new Error(greetings.join());
