// What is written under the lock is written without a request of its own.
const settings = new Map();

async function write(key, value) {
  await navigator.locks.request("settings", () => settings.set(key, value));
}

async function reset() {
  await navigator.locks.request("settings", { mode: "exclusive" }, async () => {
    settings.clear();
    settings.set("theme", "light");
  });
}

await write("theme", "dark");
await reset();
if (settings.get("theme") !== "light") throw new Error(settings.get("theme"));
