// Nobody wants the receipts, so they are let through.
const { spawn } = require("node:child_process");
const { Readable } = require("node:stream");

const receipts = 'process.stdin.on("data", () => process.stdout.write("receipt ".repeat(200_000)))';

class Mailer {
  constructor(args) {
    // Tests put another one here.
    this.start = spawn;
    this.args = args;
  }

  send(letters, done) {
    let mailer;
    try {
      mailer = this.start(process.execPath, this.args);
    } catch (error) {
      done(error);
      return;
    }
    mailer.stdout.resume();
    mailer.stderr.resume();
    mailer.once("close", (code) => done(code === 0 ? undefined : new Error(`exit code ${code}`)));
    letters.once("error", (error) => {
      mailer.kill("SIGINT");
      done(error);
    });
    letters.pipe(mailer.stdin);
  }
}

async function main() {
  const letters = Readable.from(Array.from({ length: 20 }, () => "Dear reader,\n"));
  const mailer = new Mailer(["-e", receipts]);
  await new Promise((resolve, reject) => mailer.send(letters, (error) => (error ? reject(error) : resolve())));
}

main();
