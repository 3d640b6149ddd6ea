// An old session is counted out before the error is thrown.
const assert = require("node:assert");
const sessions = [];
const waiters = [];
let open = 0;
const LIMIT = 1;

async function checkout(now) {
  if (sessions.length > 0) {
    const session = sessions.shift();
    if (now - session.usedAt > 1_000) {
      open--;
      throw new Error("session expired");
    }
    return session;
  }
  if (open < LIMIT) {
    open++;
    return { usedAt: now };
  }
  return new Promise(function (resolve) {
    waiters.push(resolve);
  });
}

function checkin(session) {
  if (waiters.length > 0) waiters.shift()(session);
  else sessions.push(session);
}

async function main() {
  checkin(await checkout(0));
  await checkout(5_000).catch(() => {});
  assert.equal((await checkout(5_001)).usedAt, 5_001);
}

main();
