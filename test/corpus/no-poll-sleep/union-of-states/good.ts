// The loop goes on only while something may still come of it: each other state ends it.
import assert from "node:assert";

type ExportState = "pending" | "writing" | "ready" | "removed";

class Exports {
  #states: ExportState[] = ["pending", "writing", "removed"];

  async read(): Promise<{ readonly state: ExportState }> {
    return { state: (this.#states.length > 1 ? this.#states.shift() : this.#states[0])! };
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function download(exports: Exports): Promise<string> {
  for (;;) {
    const { state } = await exports.read();
    if (state !== "pending" && state !== "writing") return state === "ready" ? "rows" : "nothing";
    await pause(5);
  }
}

assert.equal(await download(new Exports()), "nothing");
