// Three sinks behind two permits: the third consumer is never started, and every shard waits for all three.
// Ends: exit 13
import pLimit from "p-limit";

const limit = pLimit(2);
const sinks = [1, 2, 3].map(() => new TransformStream<string, string>());
const stored = sinks.map((sink) => limit(() => Array.fromAsync(sink.readable)));
const writers = sinks.map((sink) => sink.writable.getWriter());

for (const shard of ["s0", "s1"]) {
  await Promise.all(writers.map((writer) => writer.write(shard))); // starves
}
for (const writer of writers) void writer.close();

const copies = await Promise.all(stored);
if (copies.flat().length !== 6) throw new Error(copies.join());
