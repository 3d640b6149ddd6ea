import { fanOut } from "tailrace";
import type { Replicate } from "./replicate.ts";

/** One source, one sink a host: each shard's chunks go to the hosts in their order. */
export const replicate: Replicate = (shards, hosts, { capacity }) =>
  fanOut(
    shards,
    hosts.map((host) => ({ name: host.name, run: (chunks, { signal }) => host.store(chunks, signal) })),
    { route: "zip", buffer: capacity },
  );
