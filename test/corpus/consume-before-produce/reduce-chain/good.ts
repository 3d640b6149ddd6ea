// The chain is kept in a variable and awaited after the reader.
const steps = ["open", "fill", "close"];
const lock = new TransformStream<string, string>();
const gate = lock.writable.getWriter();
const writing = steps
  .reduce((previous, step) => previous.then(() => gate.write(step)), Promise.resolve())
  .then(() => gate.close());

const seen: string[] = [];
for await (const step of lock.readable) seen.push(step);
await writing;
if (seen.join() !== steps.join()) throw new Error(seen.join());
