// The type says that an export may be removed; the loop that waits for it asks for "ready" alone.
// Ends: hang
// cf. taskforcesh/bullmq#2341
type ExportState = "pending" | "writing" | "ready" | "removed";

class Exports {
  #states: ExportState[] = ["pending", "writing", "removed"];

  async read(): Promise<{ readonly state: ExportState }> {
    return { state: (this.#states.length > 1 ? this.#states.shift() : this.#states[0])! };
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function download(exports: Exports): Promise<string> {
  for (;;) { // starves
    const { state } = await exports.read();
    if (state === "ready") break;
    await pause(5); // waits
  }
  return "rows";
}

await download(new Exports());
