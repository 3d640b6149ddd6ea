// Each tick asks whether the last page has been printed; the printer has failed.
// Ends: hang
import { setInterval } from "node:timers/promises";

class Printer {
  #done = false;
  state: "printing" | "printed" | "failed" = "printing";

  print(): void {
    setTimeout(() => {
      this.state = "failed";
    }, 10);
  }

  async finished(): Promise<void> {
    for await (const _ of setInterval(5)) { // starves
      this.#done = this.state === "printed";
      if (this.#done) return;
    }
  }
}

const printer = new Printer();
printer.print();
await printer.finished(); // waits
