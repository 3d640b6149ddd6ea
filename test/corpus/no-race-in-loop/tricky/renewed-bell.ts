// The bell is another promise after each ring: it gets a reaction or two, and is let go.
import { setTimeout as sleep } from "node:timers/promises";

class Bell {
  #rung = Promise.withResolvers<string>();
  ring(): void {
    this.#rung.resolve("rung");
    this.#rung = Promise.withResolvers<string>();
  }

  async count(rings: number): Promise<number> {
    let heard = 0;
    while (heard < rings) {
      const winner = await Promise.race([this.#rung.promise, sleep(50, "quiet")]);
      if (winner === "rung") heard += 1;
    }
    return heard;
  }
}

const bell = new Bell();
const timer = setInterval(() => bell.ring(), 10);
const heard = await bell.count(5);
clearInterval(timer);
if (heard !== 5) throw new Error(String(heard));
