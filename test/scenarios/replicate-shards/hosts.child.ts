/** A process that serves several hosts: `hosts.child.ts BEHAVIOURS`. It sends their urls and ends with its parent. */
import { serveHost } from "./host-server.ts";
import type { HostBehaviour } from "./host-server.ts";

const behaviours = JSON.parse(process.argv[2] ?? "[]") as Record<string, HostBehaviour>;
process.once("disconnect", () => process.exit());

const hosts: { name: string; url: string }[] = [];
for (const [name, behaviour] of Object.entries(behaviours)) {
  hosts.push({ name, url: (await serveHost(name, behaviour)).url });
}
process.send?.(hosts);
