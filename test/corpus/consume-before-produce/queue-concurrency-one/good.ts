// Both tracks of a recording are stored in the same job.
import PQueue from "p-queue";

const queue = new PQueue({ concurrency: 1 });
const video = new TransformStream<Uint8Array, Uint8Array>();
const sound = new TransformStream<Uint8Array, Uint8Array>();
const store = (body: ReadableStream<Uint8Array>) => new Response(body).bytes();
const stored = queue.add(() => Promise.all([store(video.readable), store(sound.readable)]));

const videoWriter = video.writable.getWriter();
const soundWriter = sound.writable.getWriter();
for (let second = 0; second < 3; second += 1) {
  await videoWriter.write(new Uint8Array(1000));
  await soundWriter.write(new Uint8Array(100));
}
await Promise.all([videoWriter.close(), soundWriter.close()]);

const [frames, samples] = await stored;
if (frames.length !== 3000 || samples.length !== 300) throw new Error(`${frames.length} ${samples.length}`);
