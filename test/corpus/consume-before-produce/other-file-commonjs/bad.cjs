// A CommonJS helper fills the spool and waits for room in it; who empties the spool comes later.
// Ends: exit 0 early
// Needs types: the writes are in another file.
const { text } = require("node:stream/consumers");
const { fill, openSpool } = require("./helper.cjs");

async function main() {
  const spool = openSpool();
  await fill(spool); // starves
  const content = await text(spool);
  if (content.length !== 10_000) throw new Error(String(content.length));
}

main();
