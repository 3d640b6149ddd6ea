// A heartbeat keeps the process alive, so the starved drain looks like a hang instead of an early exit.
// Ends: hang
const events = require("node:events");
const stream = require("node:stream");

class Hexify extends stream.Transform {
  _transform(chunk, _encoding, callback) {
    callback(null, chunk.toString("hex"));
  }
}

async function hexify(blocks) {
  const hex = new Hexify();
  for (const block of blocks) {
    const room = hex.write(block);
    if (room === false) await events.once(hex, "drain"); // starves
  }
  hex.end();
  let text = "";
  for await (const part of hex) text += part;
  return text;
}

const heartbeat = setInterval(() => {}, 1000);
hexify(new Array(20).fill(Buffer.alloc(8192)))
  .then((text) => {
    if (text.length !== 20 * 8192 * 2) throw new Error(`${text.length}`);
  })
  .finally(() => clearInterval(heartbeat));
