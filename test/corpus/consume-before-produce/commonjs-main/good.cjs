// pipe() instead of an awaited pipeline(); errors of the source are passed on by hand.
const { createGzip } = require("node:zlib");
const { Readable } = require("node:stream");
const { randomBytes } = require("node:crypto");

async function main() {
  const gzip = createGzip();
  const source = Readable.from([randomBytes(300_000)]).on("error", (error) => gzip.destroy(error));
  source.pipe(gzip);
  const chunks = [];
  for await (const chunk of gzip) chunks.push(chunk);
  const size = Buffer.concat(chunks).length;
  if (size < 300_000) throw new Error(`${size}`);
  console.log(size > 300_000);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
