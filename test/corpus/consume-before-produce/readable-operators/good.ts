// The terminal operator is called first.
import { once } from "node:events";
import { PassThrough } from "node:stream";

const measurements = new PassThrough({ objectMode: true });
const alarms = measurements.filter((level: number) => level > 90).map((level: number) => `level ${level}`);
const collected = alarms.toArray() as Promise<string[]>;

for (let level = 0; level < 100; level += 1) {
  const accepted = measurements.write(level);
  if (!accepted) await once(measurements, "drain");
}
measurements.end();

const messages = await collected;
if (messages.length !== 9) throw new Error(messages.join());
