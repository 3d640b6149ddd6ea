// A flag says that the process ends.
const { setImmediate: turn } = require("node:timers/promises");

let terminated = false;
process.once("SIGUSR2", () => {
  terminated = true;
});

async function main() {
  let turns = 0;
  while (turns < 200 && !terminated) {
    await turn();
    turns += 1;
  }
  if (turns !== 200) throw new Error(String(turns));
}

main();
