// An emitter carries the stream to its listener before the first write.
import { EventEmitter, once } from "node:events";
import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";

const camera = new EventEmitter<{ recording: [PassThrough] }>();
const sizes: Promise<number>[] = [];
camera.on("recording", (recording) => sizes.push(buffer(recording).then((video) => video.length)));

for (let take = 0; take < 2; take += 1) {
  const recording = new PassThrough();
  camera.emit("recording", recording);
  for (let frame = 0; frame < 10; frame += 1) {
    if (!recording.write(Buffer.alloc(32_768))) await once(recording, "drain");
  }
  recording.end();
}
if ((await Promise.all(sizes)).join() !== "327680,327680") throw new Error("short recording");
