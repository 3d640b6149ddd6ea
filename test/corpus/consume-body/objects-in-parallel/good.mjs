// Each object is read where it was asked for.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
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
  endpoint: `http://127.0.0.1:${server.address().port}`,
  region: "local",
  forcePathStyle: true,
  credentials: { accessKeyId: "key", secretAccessKey: "secret" },
  requestHandler: { httpAgent },
});

async function readAll(keys) {
  return Promise.all(
    keys.map(async (Key) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: "files", Key }));
      return Body.transformToString();
    }),
  );
}

const texts = await readAll(["a", "b", "c", "d"]);
assert.deepEqual(texts.map((text) => text.length), [1000, 1000, 1000, 1000]);
client.destroy();
server.close();
