// The chain gives the connection back only after a success: a job that fails keeps it, and the next one waits for it.
// Ends: exit 13
import { createPool } from "generic-pool";

const connection = { send: async (job) => (job.valid ? job.name : Promise.reject(new Error(job.name))) };
const pool = createPool({ create: async () => connection, destroy: async () => {} }, { max: 1 });

function send(job) {
  return pool.acquire().then((taken) => { // starves
    return taken.send(job).then((answer) => {
      pool.release(taken);
      return answer;
    });
  });
}

await send({ name: "pump", valid: false }).catch(() => undefined);
await send({ name: "weir", valid: true }); // waits
