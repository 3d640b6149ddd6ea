// Two limiters of one class, always taken in the same order, and each permit of the second one comes back by itself.
import pLimit from "p-limit";

class Mirror {
  readonly #hosts = pLimit(1);
  readonly #requests = pLimit(1);
  readonly #copied: string[] = [];

  async copy(host: string, paths: readonly string[]): Promise<readonly string[]> {
    await this.#hosts(async () => {
      await Promise.all(paths.map((path) => this.#fetch(`${host}${path}`)));
    });
    return this.#copied;
  }

  #fetch(address: string): Promise<number> {
    return this.#requests(async () => this.#copied.push(address));
  }
}

const mirror = new Mirror();
await Promise.all([mirror.copy("a", ["/1", "/2"]), mirror.copy("b", ["/1"])]);
const copied = await mirror.copy("c", ["/1"]);
if (copied.length !== 4) throw new Error(copied.join(" "));
