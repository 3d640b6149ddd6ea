// The signal is aborted before the job starts, so the promise that only an abort can reject stays pending.
// Ends: exit 13
async function untilAborted(signal: AbortSignal): Promise<never> {
  return await new Promise<never>((_, reject) => { // starves
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

const controller = new AbortController();
controller.abort(new Error("too late"));
try {
  await untilAborted(controller.signal); // waits
} catch {
  console.log("stopped");
}
