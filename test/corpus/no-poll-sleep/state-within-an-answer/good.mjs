// Each state but the one that passes ends the wait.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

const states = ["provisioning", "failed"];
const cloud = {
  describe: async (name) => ({ balancers: [{ name, state: { code: states.length > 1 ? states.shift() : states[0] } }] }),
};

async function settled(name) {
  let state = "provisioning";
  while (state === "provisioning") {
    await sleep(5);
    const answer = await cloud.describe(name);
    const [balancer] = answer.balancers;
    state = balancer?.state.code;
  }
  return state;
}

assert.equal(await settled("west"), "failed");
