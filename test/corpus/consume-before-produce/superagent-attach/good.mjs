// then() sends the request before the first block.
import { once } from "node:events";
import { createServer } from "node:http";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import request from "superagent";

const server = createServer(async (incoming, response) => response.end(`${(await text(incoming)).length}`));
server.listen(0, "127.0.0.1");
await once(server, "listening");

const file = new PassThrough();
const uploaded = request
  .post(`http://127.0.0.1:${server.address().port}/files`)
  .attach("file", file, { filename: "levels.bin", knownLength: 40 * 16_384 })
  .then((response) => response.text);

for (let block = 0; block < 40; block += 1) {
  if (!file.write(Buffer.alloc(16_384, "x"))) await once(file, "drain");
}
file.end();

const length = Number(await uploaded);
server.close();
if (length < 40 * 16_384) throw new Error(`${length}`);
