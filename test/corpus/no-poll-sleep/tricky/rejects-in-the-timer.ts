// The promise of the interval is rejected by another timer as well.
import assert from "node:assert";

const disk = { mounted: false };

function mounted(): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setInterval(() => {
      if (!disk.mounted) return;
      clearInterval(timer);
      resolve();
    }, 5);
    setTimeout(() => {
      clearInterval(timer);
      reject(new Error("not mounted"));
    }, 30);
  });
}

await assert.rejects(mounted(), /not mounted/);
