// A promise chain built by reduce() is one long send; the reader is below the await of the whole chain.
// Ends: exit 13
const steps = ["open", "fill", "close"];
const lock = new TransformStream<string, string>();
const gate = lock.writable.getWriter();
await steps.reduce((previous, step) => previous.then(() => gate.write(step)), Promise.resolve()); // starves
await gate.close();

const seen: string[] = [];
for await (const step of lock.readable) seen.push(step);
if (seen.join() !== steps.join()) throw new Error(seen.join());
