// The text is gathered by a "data" listener, which sets the stream flowing at once.
const events = require("node:events");
const stream = require("node:stream");

class Hexify extends stream.Transform {
  _transform(chunk, _encoding, callback) {
    callback(null, chunk.toString("hex"));
  }
}

async function hexify(blocks) {
  const hex = new Hexify();
  let text = "";
  hex.on("data", (part) => (text += part));
  const ended = events.once(hex, "end");
  for (const block of blocks) {
    const room = hex.write(block);
    if (room === false) await events.once(hex, "drain");
  }
  hex.end();
  await ended;
  return text;
}

const heartbeat = setInterval(() => {}, 1000);
hexify(new Array(20).fill(Buffer.alloc(8192)))
  .then((text) => {
    if (text.length !== 20 * 8192 * 2) throw new Error(`${text.length}`);
  })
  .finally(() => clearInterval(heartbeat));
