// A session that is too old is thrown away with an error for the one who asked; its slot is never free again.
// Ends: hang
const sessions = [];
const waiters = [];
let open = 0;
const LIMIT = 1;

async function checkout(now) {
  if (sessions.length > 0) {
    const session = sessions.shift();
    if (now - session.usedAt > 1_000) throw new Error("session expired"); // starves
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
  setInterval(() => {}, 1_000);
  checkin(await checkout(0));
  await checkout(5_000).catch(() => {});
  await checkout(5_001); // waits
}

main();
