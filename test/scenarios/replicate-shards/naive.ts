import { channel } from "tailrace";
import type { Channel } from "tailrace";
import type { Host, Receipt, Replicate } from "./replicate.ts";

/** Opens a request to every host, sends them their chunks shard by shard, then collects what they answered. */
export const replicate: Replicate = async (shards, hosts, { capacity }) => {
  const stop = new AbortController();
  const bodies: Channel<Uint8Array>[] = [];
  const uploads: AsyncIterable<Receipt>[] = [];
  for (const host of hosts) {
    const body = channel<Uint8Array>({ name: host.name, capacity });
    bodies.push(body);
    uploads.push(upload(host, body, stop));
  }
  try {
    for await (const chunks of shards) {
      await Promise.all(chunks.map(async (chunk, i) => bodies[i]?.send(chunk)));
    }
    for (const body of bodies) body.close();

    const receipts: Receipt[] = [];
    for (const answers of uploads) {
      for await (const receipt of answers) receipts.push(receipt);
    }
    return receipts;
  } catch (error) {
    stop.abort(error);
    for (const body of bodies) body.close(error);
    await Promise.allSettled(uploads.map((answers) => Array.fromAsync(answers)));
    throw stop.signal.reason as Error; // the first error, whatever followed from it
  }
};

async function* upload(host: Host, body: Channel<Uint8Array>, stop: AbortController): AsyncGenerator<Receipt> {
  try {
    yield await host.store(body, stop.signal);
  } catch (error) {
    stop.abort(error);
    body.close(error);
    throw error;
  }
}
