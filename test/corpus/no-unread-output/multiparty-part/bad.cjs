// The listener of the parts counts files and forgets the fields that come as parts as well: close never comes.
// Ends: exit 0 early
const assert = require("node:assert");
const { Readable } = require("node:stream");
const multiparty = require("multiparty");

const boundary = "gauge";
const part = (disposition) => `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${"y".repeat(200_000)}\r\n`;
const body = `${part('name="remark"')}${part('name="a"; filename="a.bin"')}--${boundary}--\r\n`;

async function main() {
  const request = Object.assign(Readable.from([Buffer.from(body)]), {
    headers: { "content-type": `multipart/form-data; boundary=${boundary}`, "content-length": String(body.length) },
  });
  const form = new multiparty.Form();
  let files = 0;
  form.on("part", function count(stream) { if (stream.filename) files += stream.resume() ? 1 : 0; }); // starves
  const closed = new Promise((resolve, reject) => form.once("close", resolve).once("error", reject));
  form.parse(request);
  await closed; // waits
  assert.equal(files, 1);
}

main();
