// The balancer has failed, and will not be active: its state is taken out of each answer, and no other one is looked for.
// Ends: hang
import { setTimeout as sleep } from "node:timers/promises";

const states = ["provisioning", "failed"];
const cloud = {
  describe: async (name) => ({ balancers: [{ name, state: { code: states.length > 1 ? states.shift() : states[0] } }] }),
};

async function untilActive(name) {
  let state = "provisioning";
  while (state !== "active") { // starves
    await sleep(5); // waits
    const answer = await cloud.describe(name);
    const [balancer] = answer.balancers;
    state = balancer?.state.code;
  }
}

await untilActive("west");
