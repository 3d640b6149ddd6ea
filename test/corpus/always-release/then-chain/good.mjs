// finally() gives it back either way.
import { createPool } from "generic-pool";

const connection = { send: async (job) => (job.valid ? job.name : Promise.reject(new Error(job.name))) };
const pool = createPool({ create: async () => connection, destroy: async () => {} }, { max: 1 });

function send(job) {
  return pool.acquire().then((taken) => taken.send(job).finally(() => pool.release(taken)));
}

await send({ name: "pump", valid: false }).catch(() => undefined);
if ((await send({ name: "weir", valid: true })) !== "weir") throw new Error("no answer");
