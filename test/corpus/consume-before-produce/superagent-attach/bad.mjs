// A superagent request is sent when it is awaited; the file attached to it should be complete before that.
// Ends: hang
import { once } from "node:events";
import { createServer } from "node:http";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import request from "superagent";

const server = createServer(async (incoming, response) => response.end(`${(await text(incoming)).length}`));
server.listen(0, "127.0.0.1");
await once(server, "listening");

const file = new PassThrough();
const upload = request
  .post(`http://127.0.0.1:${server.address().port}/files`)
  .attach("file", file, { filename: "levels.bin", knownLength: 40 * 16_384 });

for (let block = 0; block < 40; block += 1) {
  if (!file.write(Buffer.alloc(16_384, "x"))) await once(file, "drain"); // starves
}
file.end();

const response = await upload;
server.close();
if (Number(response.text) < 40 * 16_384) throw new Error(response.text);
