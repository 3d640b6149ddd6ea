// The queue runs one upload at a time; the first ends when its body is closed, and that comes after writing both.
// Ends: exit 13
import PQueue from "p-queue";

const queue = new PQueue({ concurrency: 1 });
const video = new TransformStream<Uint8Array, Uint8Array>();
const sound = new TransformStream<Uint8Array, Uint8Array>();
const store = (body: ReadableStream<Uint8Array>) => queue.add(() => new Response(body).bytes());
const stored = Promise.all([store(video.readable), store(sound.readable)]);

const videoWriter = video.writable.getWriter();
const soundWriter = sound.writable.getWriter();
for (let second = 0; second < 3; second += 1) {
  await videoWriter.write(new Uint8Array(1000));
  await soundWriter.write(new Uint8Array(100)); // starves
}
await Promise.all([videoWriter.close(), soundWriter.close()]);

const [frames, samples] = await stored;
if (frames.length !== 3000 || samples.length !== 300) throw new Error(`${frames.length} ${samples.length}`);
