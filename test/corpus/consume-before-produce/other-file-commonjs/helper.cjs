const { PassThrough } = require("node:stream");
const { once } = require("node:events");

/** @returns {import("node:stream").PassThrough} */
exports.openSpool = () => new PassThrough({ highWaterMark: 4096 });

/** @param {import("node:stream").Writable} spool */
async function fill(spool) {
  for (let part = 0; part < 10; part += 1) {
    if (!spool.write("y".repeat(1000))) await once(spool, "drain");
  }
  spool.end();
}

exports.fill = fill;
