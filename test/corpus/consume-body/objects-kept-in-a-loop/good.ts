// The loop keeps what it has read.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";

const server = http.createServer((request, response) => {
  response.setHeader("content-length", 1000);
  response.setHeader("content-type", request.url?.includes("json") ? "application/json" : "image/png");
  response.end(request.method === "HEAD" ? undefined : "0123456789".repeat(100));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const httpAgent = new http.Agent({ keepAlive: true, maxSockets: 2 });
const client = new S3Client({
  endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
  region: "local",
  forcePathStyle: true,
  credentials: { accessKeyId: "key", secretAccessKey: "secret" },
  requestHandler: { httpAgent },
});

async function archive(keys: readonly string[]): Promise<number> {
  const objects: Uint8Array[] = [];
  for (const Key of keys) {
    const object = await client.send(new GetObjectCommand({ Bucket: "files", Key }));
    if (object.Body) objects.push(await object.Body.transformToByteArray());
  }
  let size = 0;
  for (const { length } of objects) size += length;
  return size;
}

assert.equal(await archive(["a", "b", "c"]), 3000);
client.destroy();
server.close();
