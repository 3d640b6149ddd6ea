// The limit is made from the list of sinks, so it has a place for each.
// Not strict: that there are as many permits as sinks is decided at run time.
import pLimit from "p-limit";

const names = process.argv.length > 20 ? process.argv : ["north", "south"];
const limit = pLimit(names.length);
const pipes = names.map(() => new TransformStream<string, string>());
const texts = pipes.map((pipe) => limit(async () => (await Array.fromAsync(pipe.readable)).join()));
const writers = pipes.map((pipe) => pipe.writable.getWriter());
await Promise.all(writers.map((writer, index) => writer.write(names[index]!)));
await Promise.all(writers.map((writer) => writer.close()));
if ((await Promise.all(texts)).join() !== "north,south") throw new Error("wrong names");
