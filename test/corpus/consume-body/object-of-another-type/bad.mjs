// What is no JSON is passed over, and with it a body that keeps its socket: in version 2 of the SDK it was a buffer.
// Ends: hang
// cf. aws/aws-sdk-js-v3#7416
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

async function readJson(key) {
  const object = await client.send(new GetObjectCommand({ Bucket: "files", Key: key }));
  if (object.ContentType !== "application/json") return undefined; // starves
  return object.Body.transformToString();
}

const found = [];
for (const key of ["a.png", "b.png", "c.json"]) found.push(await readJson(key)); // waits
assert.deepEqual(found.map((text) => text?.length), [undefined, undefined, 1000]);
client.destroy();
server.close();
