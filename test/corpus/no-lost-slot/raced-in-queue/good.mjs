// Who stops waiting is marked, and `give` passes over it.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

const tokens = ["token"];
const line = [];

async function take(ms) {
  if (tokens.length > 0) return tokens.pop();
  const place = { waits: true };
  const given = new Promise((resolve) => line.push(Object.assign(place, { resolve })));
  const token = await Promise.race([given, sleep(ms)]);
  place.waits = false;
  return token;
}

function give(token) {
  for (let first = line.shift(); first; first = line.shift()) {
    if (!first.waits) continue;
    first.resolve(token);
    return;
  }
  tokens.push(token);
}

const token = await take(5);
await take(5);
give(token);
assert.equal(await take(5), "token");
