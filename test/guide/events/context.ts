import { AsyncLocalStorage } from "node:async_hooks";
import { channel } from "node:diagnostics_channel";
import { setTimeout as sleep } from "node:timers/promises";
import { scope } from "tailrace";
import type { TaskBegin } from "tailrace";

const task = new AsyncLocalStorage<string>();
channel("tailrace:task:begin").bindStore(task, (event) => (event as TaskBegin).name);

function log(line: string): void {
  console.log(`[${task.getStore() ?? "no task"}] ${line}`);
}

async function copy(): Promise<void> {
  await sleep(1);
  log("copied");
}

await scope((s) => void s.spawn(copy, { name: "copy to north" })); // prints [copy to north] copied
log("done"); // prints [no task] done
