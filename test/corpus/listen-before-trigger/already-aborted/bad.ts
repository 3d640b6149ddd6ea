// A signal that is aborted already never emits "abort" again, and the function does not look.
// Ends: exit 13
import { once } from "node:events";

async function untilStopped(signal: AbortSignal): Promise<string> {
  await once(signal, "abort"); // starves
  return "stopped";
}

const controller = new AbortController();
controller.abort();
await untilStopped(controller.signal);
