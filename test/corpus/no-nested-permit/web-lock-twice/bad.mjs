// Within the lock of the settings the same lock is requested again: it is granted when the first request has ended.
// Ends: exit 13
// cf. ndycode/codex-multi-auth#505
const settings = new Map();

async function write(key, value) {
  await navigator.locks.request("settings", () => settings.set(key, value));
}

async function reset() {
  await navigator.locks.request("settings", { mode: "exclusive" }, async () => {
    settings.clear();
    await write("theme", "light"); // starves
  });
}

await write("theme", "dark");
await reset(); // waits
