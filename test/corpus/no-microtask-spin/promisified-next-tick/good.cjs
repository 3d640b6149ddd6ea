// The promise settles when the child has exited.
const assert = require("node:assert");
const { execFile } = require("node:child_process");
const { promisify } = require("node:util");

class Build {
  start() {
    this.result = promisify(execFile)(process.execPath, ["--version"]);
    return this;
  }

  async done() {
    const { stdout } = await this.result;
    assert.match(stdout, /^v/);
  }
}

void new Build().start().done();
