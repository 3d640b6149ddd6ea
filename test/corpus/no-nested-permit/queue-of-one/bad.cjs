// The only task that may run waits for a task that it adds to its own queue.
// Ends: exit 0 early
// cf. sindresorhus/p-limit#91
async function main() {
  const { default: PQueue } = await import("p-queue");
  const queue = new PQueue({ concurrency: 1 });
  const log = [];

  class Importer {
    load(name) {
      return queue.add(async () => {
        log.push(name);
        if (name === "index") await this.load("entry"); // starves
      });
    }
  }

  await new Importer().load("index"); // waits
  if (log.join() !== "index,entry") throw new Error(log.join());
}

main();
