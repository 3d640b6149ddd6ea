// What has to be known is asked for with HeadObject, which has no body.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";

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

async function lengthOf(Key) {
  const { ContentLength } = await client.send(new HeadObjectCommand({ Bucket: "files", Key }));
  return ContentLength;
}

const lengths = [];
for (const key of ["a", "b", "c"]) lengths.push(await lengthOf(key));
assert.deepEqual(lengths, [1000, 1000, 1000]);
client.destroy();
server.close();
