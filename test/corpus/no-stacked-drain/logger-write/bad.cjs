// `write` of a logger is called for each line and returns nothing, so that its callers cannot stop: listeners pile up.
// cf. Raynos/level-write-stream#3
// Ends: exit 1
// Fails: listeners
const assert = require("node:assert");
const { Writable } = require("node:stream");

process.on("warning", () => {});
class Logger {
  constructor() {
    this.full = 0;
    this.out = new Writable({
      highWaterMark: 1024,
      write(_chunk, _encoding, done) {
        setTimeout(done, 1);
      },
    });
  }
  write(line) {
    if (!this.out.write(line)) {
      this.out.once("drain", () => this.report()); // starves
    }
  }
  report() {
    this.full += 1;
  }
}

const logger = new Logger();
for (let line = 0; line < 50; line += 1) logger.write("l".repeat(1024));
const added = logger.out.listenerCount("drain");
logger.out.end();
assert.ok(added <= 1, `${added} listeners wait for one drain`);
