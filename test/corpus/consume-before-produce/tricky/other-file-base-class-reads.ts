// The constructor of the base class, in another file, starts the reader before anybody can write.
import { Live } from "./lib/live.ts";

class Log extends Live {
  #seen: string[] = [];

  get seen(): string {
    return this.#seen.join();
  }

  async add(item: string): Promise<void> {
    await this.writer.write(item);
  }

  protected see(item: string): void {
    this.#seen.push(item);
  }
}

const log = new Log();
await log.add("up");
await log.add("down");
await log.close();
if (log.seen !== "up,down") throw new Error(log.seen);
