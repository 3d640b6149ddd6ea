// The `switch` knows three states of a build and leaves the loop in one of them; the build has crashed.
// Ends: hang
import { setTimeout } from "node:timers/promises";

interface Build {
  state: "idle" | "compiling" | "built" | "crashed";
}

const build: Build = { state: "idle" };
globalThis.setTimeout(() => (build.state = "compiling"), 5);
globalThis.setTimeout(() => (build.state = "crashed"), 15);

async function artifact(): Promise<string> {
  while (true) { // starves
    switch (build.state) {
      case "built":
        return "bundle.js";
      case "idle":
      case "compiling":
        break;
    }
    await setTimeout(5); // waits
  }
}

await artifact();
