// An Upload takes its body when done() is called; the report is written into the body before that.
// Ends: exit 13
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
for (let row = 0; row < 30_000; row += 1) {
  if (!body.write(`${row},ok,0.25\n`)) await once(body, "drain"); // starves
}
body.end();

const result = await upload.done();
if (result.ETag !== '"1"') throw new Error(JSON.stringify(result));
