// The tuple holds the writer and the promise of what was read.
type Lane = [writer: WritableStreamDefaultWriter<string>, received: Promise<string[]>];

const lanes = new Map<string, Lane>();
for (const tenant of ["acme", "umbrella"]) {
  const stream = new TransformStream<string, string>();
  lanes.set(tenant, [stream.writable.getWriter(), Array.fromAsync(stream.readable)]);
}

for (const [tenant, [writer]] of lanes) {
  await writer.write(`hello ${tenant}`);
  await writer.close();
}

const greetings: string[] = [];
for (const [, received] of lanes.values()) greetings.push(...(await received));
if (greetings.join() !== "hello acme,hello umbrella") throw new Error(greetings.join());
