// The `switch` has a case for the end that nobody hopes for.
import assert from "node:assert";
import { setTimeout } from "node:timers/promises";

interface Build {
  state: "idle" | "compiling" | "built" | "crashed";
}

const build: Build = { state: "idle" };
globalThis.setTimeout(() => (build.state = "compiling"), 5);
globalThis.setTimeout(() => (build.state = "crashed"), 15);

async function artifact(): Promise<string> {
  while (true) {
    switch (build.state) {
      case "built":
        return "bundle.js";
      case "crashed":
        throw new Error("the compiler crashed");
      case "idle":
      case "compiling":
        break;
    }
    await setTimeout(5);
  }
}

await assert.rejects(artifact(), /crashed/);
