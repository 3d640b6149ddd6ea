import { fork } from "node:child_process";
import { once } from "node:events";
import type { HostBehaviour } from "./host-server.ts";

export interface HostAddress {
  readonly name: string;
  readonly url: string;
}

export interface Hosts {
  readonly addresses: readonly HostAddress[];
  close(): Promise<void>;
}

/** Serves hosts in a process of their own, so that the memory of the coordinator is measured alone. */
export async function startHosts(behaviours: Readonly<Record<string, HostBehaviour>>): Promise<Hosts> {
  const child = fork(new URL("hosts.child.ts", import.meta.url), [JSON.stringify(behaviours)]);
  const exited = once(child, "exit");
  const message = await Promise.race([once(child, "message"), exited.then(() => undefined)]);
  if (message === undefined) throw new Error("the hosts ended before they were ready");
  return {
    addresses: message[0] as HostAddress[],
    async close() {
      child.disconnect();
      await exited;
    },
  };
}
