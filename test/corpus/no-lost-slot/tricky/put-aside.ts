// What fails its check is kept in another list, from which it comes back when it has been repaired.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

interface Robot {
  charged: boolean;
}

const ready: Robot[] = [{ charged: false }];
const charging: Robot[] = [];

function giveBack(robot: Robot): void {
  ready.push(robot);
}

async function take(): Promise<Robot> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const robot = ready.shift();
    if (robot?.charged) return robot;
    if (robot) charging.push(robot);
    await sleep(2);
  }
  throw new Error("starved");
}

setTimeout(() => {
  for (const robot of charging.splice(0)) {
    robot.charged = true;
    giveBack(robot);
  }
}, 10);
assert.equal((await take()).charged, true);
