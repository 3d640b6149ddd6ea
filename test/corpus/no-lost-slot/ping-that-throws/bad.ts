// The check throws for a worker that has ended; the handler goes on to the next one, and there is none.
// Ends: hang
interface Agent {
  ping(): Promise<void>;
}

function createPool(size: number) {
  const idle = new Set<Agent>();
  const queue: ((agent: Agent) => void)[] = [];
  let started = 0;

  async function take(): Promise<Agent> {
    for (const agent of idle) {
      idle.delete(agent);
      try {
        await agent.ping(); // starves
        return agent;
      } catch (error) {
        console.error("not alive", error);
      }
    }
    if (started < size) {
      started += 1;
      return { ping: async () => {} };
    }
    return new Promise((resolve) => queue.push(resolve));
  }

  function giveBack(agent: Agent): void {
    const next = queue.shift();
    if (next) next(agent);
    else idle.add(agent);
  }
  return { take, giveBack };
}

console.error = () => {};
const keepAlive = setInterval(() => {}, 1_000);
const pool = createPool(1);
const agent = await pool.take();
agent.ping = () => Promise.reject(new Error("gone"));
pool.giveBack(agent);
await pool.take(); // waits
clearInterval(keepAlive);
