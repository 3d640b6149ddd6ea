// A flag says that a listener is there already.
const assert = require("node:assert");
const { Writable } = require("node:stream");

class Logger {
  constructor() {
    this.full = 0;
    this.waiting = false;
    this.out = new Writable({
      highWaterMark: 1024,
      write(_chunk, _encoding, done) {
        setTimeout(done, 1);
      },
    });
  }
  write(line) {
    if (!this.out.write(line) && !this.waiting) {
      this.waiting = true;
      this.out.once("drain", () => {
        this.waiting = false;
        this.full += 1;
      });
    }
  }
}

const logger = new Logger();
const lines = Array.from({ length: 20 }, () => "l".repeat(1024));
const next = () => {
  const line = lines.pop();
  if (line === undefined) return;
  logger.write(line);
  next();
};
next();
const added = logger.out.listenerCount("drain");
logger.out.end();
assert.ok(added <= 1, `${added} listeners`);
