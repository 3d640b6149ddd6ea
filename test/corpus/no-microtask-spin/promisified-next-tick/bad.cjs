// process.nextTick comes before everything that the event loop has to offer: the child is never seen to exit.
// Ends: blocked
const { execFile } = require("node:child_process");
const { promisify } = require("node:util");

const tick = promisify(process.nextTick);

class Build {
  finished = false;

  start() {
    execFile(process.execPath, ["--version"], () => {
      this.finished = true;
    });
    return this;
  }

  async done() {
    for (;;) {
      if (this.finished) return;
      await tick(); // starves
    }
  }
}

void new Build().start().done();
