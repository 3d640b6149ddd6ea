// A limit of four for three sinks holds nobody back.
import pLimit from "p-limit";

const limit = pLimit(4);
const sinks = ["x", "y", "z"].map(() => new TransformStream<number, number>());
const stored = sinks.map(({ readable }) => limit(() => Array.fromAsync(readable)));
const writers = sinks.map(({ writable }) => writable.getWriter());
for (const value of [1, 2]) await Promise.all(writers.map((writer) => writer.write(value)));
await Promise.all(writers.map((writer) => writer.close()));
if ((await Promise.all(stored)).flat().length !== 6) throw new Error("lost values");
