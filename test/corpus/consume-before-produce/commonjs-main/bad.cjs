// In CommonJS the same wait ends the process in silence: main() never returns and nothing keeps the loop open.
// cf. nodejs/node#54453
// Ends: exit 0 early
const { createGzip } = require("node:zlib");
const { Readable } = require("node:stream");
const { pipeline } = require("node:stream/promises");
const { randomBytes } = require("node:crypto");

async function main() {
  const gzip = createGzip();
  await pipeline(Readable.from([randomBytes(300_000)]), gzip); // starves
  const chunks = [];
  for await (const chunk of gzip) chunks.push(chunk);
  console.log(Buffer.concat(chunks).length > 300_000);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
