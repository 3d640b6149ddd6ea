// The task says what is next, and the task after it does that.
async function main() {
  const { default: PQueue } = await import("p-queue");
  const queue = new PQueue({ concurrency: 1 });
  const log = [];

  class Importer {
    async load(name) {
      const next = await queue.add(async () => {
        log.push(name);
        return name === "index" ? "entry" : undefined;
      });
      if (next) await this.load(next);
    }
  }

  await new Importer().load("index");
  if (log.join() !== "index,entry") throw new Error(log.join());
}

main();
