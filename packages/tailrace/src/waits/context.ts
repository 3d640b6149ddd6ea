// Which task the running code belongs to, so that a wait can name it. Only where the platform keeps track of it for
// next to nothing (Node from 24 on, and what calls itself compatible): before, it makes every promise of the process
// slower.

interface Storage {
  getStore(): string | undefined;
  run<T>(task: string, fn: () => T): T;
}

interface Platform {
  readonly process?: {
    readonly versions?: { readonly node?: string };
    getBuiltinModule?(id: "node:async_hooks"): { readonly AsyncLocalStorage: new () => Storage };
  };
}

const storage = openStorage();

function openStorage(): Storage | undefined {
  const { process } = globalThis as Platform;
  if (!(parseInt(process?.versions?.node ?? "", 10) >= 24)) return undefined;
  const hooks = process?.getBuiltinModule?.("node:async_hooks");
  return hooks === undefined ? undefined : new hooks.AsyncLocalStorage();
}

/** Name of the task that is running now, where it is known. */
export function currentTask(): string | undefined {
  return storage?.getStore();
}

/** Calls the function as that task; everything that it starts belongs to the task too. */
export function runAsTask<T>(task: string, fn: () => T): T {
  return storage === undefined ? fn() : storage.run(task, fn);
}
