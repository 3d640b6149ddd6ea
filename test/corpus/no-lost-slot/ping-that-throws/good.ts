// The handler counts the worker out.
import assert from "node:assert";

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
        await agent.ping();
        return agent;
      } catch {
        started -= 1;
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

const pool = createPool(1);
const agent = await pool.take();
agent.ping = () => Promise.reject(new Error("gone"));
pool.giveBack(agent);
assert.notEqual(await pool.take(), agent);
