// done() starts the upload; its promise is awaited when the report is complete.
import { once } from "node:events";
import { PassThrough, Readable } from "node:stream";
import { S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";

const client = new S3Client({
  region: "eu-central-1",
  credentials: { accessKeyId: "id", secretAccessKey: "secret" },
  requestHandler: {
    handle: () => Promise.resolve({ response: { statusCode: 200, headers: { etag: '"1"' }, body: Readable.from([]) } }),
  },
});

const body = new PassThrough();
const upload = new Upload({ client, params: { Bucket: "reports", Key: "daily.csv", Body: body } });
const uploaded = upload.done();
for (let row = 0; row < 30_000; row += 1) {
  if (!body.write(`${row},ok,0.25\n`)) await once(body, "drain");
}
body.end();

const result = await uploaded;
if (result.ETag !== '"1"') throw new Error(JSON.stringify(result));
