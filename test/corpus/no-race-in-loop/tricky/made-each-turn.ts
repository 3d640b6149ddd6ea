// Both runners are made in the turn, and neither takes anything from anybody.
import { setTimeout as sleep } from "node:timers/promises";

let wins = 0;
while (wins < 5) {
  const fast = sleep(1, "fast");
  const slow = sleep(3, "slow");
  if ((await Promise.race([fast, slow])) === "fast") wins += 1;
}
if (wins !== 5) throw new Error(String(wins));
