// A timer wins the race, and the promise that lost it keeps its place in the queue.
// Ends: hang
import { setTimeout as sleep } from "node:timers/promises";

const tokens = ["token"];
const line = [];

async function take(ms) {
  if (tokens.length > 0) return tokens.pop();
  return Promise.race([new Promise((resolve) => line.push(resolve)), sleep(ms)]); // starves
}

function give(token) {
  const first = line.shift();
  if (first) first(token);
  else tokens.push(token);
}

const token = await take(5);
await take(5);
give(token);
const second = take(100_000);
await second; // waits
