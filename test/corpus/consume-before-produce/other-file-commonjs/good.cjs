// The spool is emptied while it is filled.
const { text } = require("node:stream/consumers");
const { fill, openSpool } = require("./helper.cjs");

async function main() {
  const spool = openSpool();
  const reading = text(spool);
  await fill(spool);
  const content = await reading;
  if (content.length !== 10_000) throw new Error(String(content.length));
}

main();
