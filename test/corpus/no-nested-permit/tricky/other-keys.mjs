// Locks of other names, and of other keys, are other locks.
import AsyncLock from "async-lock";

const locks = new AsyncLock();
const done = [];

const withKey = (key, work) => locks.acquire(key, work);

await navigator.locks.request("accounts", () =>
  navigator.locks.request("journal", async () => {
    await withKey("sender", () => withKey("receiver", async () => done.push("moved")));
  }),
);
if (done.length !== 1) throw new Error(done.join());
