// The deadline ends the loop, and with it all that it keeps.
import { setTimeout as sleep } from "node:timers/promises";

const deadline = sleep(40, "late");
let probes = 0;
while (true) {
  const winner = await Promise.race([sleep(5, "probe"), deadline]);
  if (winner === "late") break;
  probes += 1;
}
if (probes === 0) throw new Error("no probe");
