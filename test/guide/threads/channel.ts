import { isMainThread, Worker, workerData } from "node:worker_threads";
import { openSharedChannel, sharedChannel } from "tailrace/threads";
import type { SharedChannelHandle } from "tailrace/threads";

if (isMainThread) {
  const pixels = sharedChannel({ name: "pixels", maxBytes: 65_536 });
  const worker = new Worker(new URL(import.meta.url), { workerData: pixels.handle });
  let rows = 0;
  let sum = 0;
  for await (const batch of pixels.batches({ timeout: 10_000 })) {
    rows += batch.length;
    for (const row of batch) for (const pixel of row) sum += pixel;
  }
  console.log(`${rows} rows, ${sum}`);
  await worker.terminate();
} else {
  const pixels = openSharedChannel(workerData as SharedChannelHandle);
  for (let row = 0; row < 1000; row++) pixels.sendSync(new Uint8Array(1000).fill(row % 2)); // waits while it is full
  pixels.close();
}
// prints 1000 rows, 500000
