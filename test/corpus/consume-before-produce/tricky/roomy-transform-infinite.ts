// An unbounded readable side never makes a write wait. It is memory that is at risk here, not progress.
const log = new TransformStream<string, string>({}, {}, { highWaterMark: Infinity });
const writer = log.writable.getWriter();
for (let line = 0; line < 500; line += 1) await writer.write(`line ${line}`);
await writer.close();

let count = 0;
for await (const _line of log.readable) count += 1;
if (count !== 500) throw new Error(`${count}`);
