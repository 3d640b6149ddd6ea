// Both uploads are under way before the first chunk.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { PassThrough } from "node:stream";
import { S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";

const server = createServer((request, response) => {
  request.resume().on("end", () => response.setHeader("etag", '"2"').end());
}).listen(0, "127.0.0.1");
await once(server, "listening");
const client = new S3Client({
  region: "eu-central-1",
  endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  forcePathStyle: true,
  credentials: { accessKeyId: "id", secretAccessKey: "secret" },
});

const targets = ["primary", "replica"].map((bucket) => {
  const body = new PassThrough();
  const upload = new Upload({ client, params: { Bucket: bucket, Key: "dump", Body: body } });
  return { body, uploaded: upload.done() };
});
for (let chunk = 0; chunk < 10; chunk += 1) {
  for (const { body } of targets) {
    if (!body.write(Buffer.alloc(64 * 1024))) await once(body, "drain");
  }
}
for (const { body } of targets) body.end();

const results = await Promise.all(targets.map(({ uploaded }) => uploaded));
client.destroy();
server.close();
if (results.some(({ ETag }) => ETag !== '"2"')) throw new Error(JSON.stringify(results));
