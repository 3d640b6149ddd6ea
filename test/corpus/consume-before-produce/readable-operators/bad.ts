// filter() and map() describe a pipeline that begins to move with toArray(), which is called after the drains.
// Ends: exit 13
import { once } from "node:events";
import { PassThrough } from "node:stream";

const measurements = new PassThrough({ objectMode: true });
const alarms = measurements.filter((level: number) => level > 90).map((level: number) => `level ${level}`);

for (let level = 0; level < 100; level += 1) {
  const accepted = measurements.write(level);
  if (!accepted) await once(measurements, "drain"); // starves
}
measurements.end();

const messages = (await alarms.toArray()) as string[];
if (messages.length !== 9) throw new Error(messages.join());
