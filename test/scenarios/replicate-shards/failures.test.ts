import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { inspect } from "tailrace";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { deadline } from "./deadline.ts";
import { replicate as driven } from "./driven.ts";
import { replicate as fanned } from "./fanned.ts";
import { serveHost } from "./host-server.ts";
import type { HostBehaviour, HostServer } from "./host-server.ts";
import { startHosts } from "./hosts.ts";
import { httpHost } from "./http-host.ts";
import type { Host, Shard } from "./replicate.ts";
import { files, shards } from "./shards.ts";

const chunkSize = 64 * 1024;
const capacity = 4;

let servers: HostServer[] = [];
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);

beforeEach(() => {
  servers = [];
  unhandled.length = 0;
  process.on("unhandledRejection", note);
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
});

async function serve(...behaviours: HostBehaviour[]): Promise<Host[]> {
  servers = await Promise.all(behaviours.map((behaviour, i) => serveHost(`host-${String(i + 1)}`, behaviour)));
  return servers.map(({ url }, i) => httpHost(`host-${String(i + 1)}`, url));
}

/** Serves hosts in another process: one that takes nothing does not notice that its sender has gone. */
async function elsewhere(behaviours: Record<string, HostBehaviour>, use: (hosts: Host[]) => Promise<void>) {
  const hosts = await startHosts(behaviours);
  try {
    await use(hosts.addresses.map(({ name, url }) => httpHost(name, url)));
  } finally {
    await hosts.close();
  }
}

/** Shards without an end, so that only the error can end the replication; it notes whether it runs. */
function endless(hosts: number, before?: (shard: number) => void) {
  const source = {
    running: false,
    async *[Symbol.asyncIterator](): AsyncGenerator<Shard> {
      source.running = true;
      try {
        for (let shard = 0; shard < 10_000; shard++) {
          await turn();
          before?.(shard);
          yield Array.from({ length: hosts }, () => new Uint8Array(chunkSize));
        }
      } finally {
        source.running = false;
      }
    },
  };
  return source;
}

/** Counts the requests that run, and the bodies that were opened and not closed. */
function watchRequests(hosts: readonly Host[]) {
  const watch = {
    running: 0,
    open: 0,
    hosts: hosts.map((host): Host => {
      async function* body(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
        watch.open += 1;
        try {
          yield* chunks;
        } finally {
          watch.open -= 1;
        }
      }
      return {
        name: host.name,
        async store(chunks, signal) {
          watch.running += 1;
          try {
            return await host.store(body(chunks), signal);
          } finally {
            watch.running -= 1;
          }
        },
      };
    }),
  };
  return watch;
}

/** Waits for a condition that other events bring about, for two seconds at most. */
async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 2000;
  while (!holds() && performance.now() < end) await turn();
}

/** What keeps the process alive beyond what did before; the turns of `until` are its own. */
function leftFrom(before: readonly string[]): string[] {
  const left = process.getActiveResourcesInfo().filter((resource) => resource !== "Immediate");
  for (const resource of before) {
    const at = left.indexOf(resource);
    if (at !== -1) left.splice(at, 1);
  }
  return left;
}

describe.for([
  { form: "driven", replicate: driven },
  { form: "fanned", replicate: fanned },
])("$form, when something fails, names it, ends the rest and leaves nothing behind:", ({ replicate }) => {
  /** Replicates until the expected error and shows that nothing is left of it. */
  async function fails(source: AsyncIterable<Shard>, hosts: readonly Host[], message: string | RegExp): Promise<void> {
    const before = process.getActiveResourcesInfo();
    const requests = watchRequests(hosts);

    await expect(deadline(replicate(source, requests.hosts, { capacity }))).rejects.toThrow(message);

    expect(requests.running).toBe(0);
    await until(() => leftFrom(before).length === 0 && requests.open === 0);
    expect(leftFrom(before)).toEqual([]);
    expect(inspect().waits).toEqual([]);
    expect(requests.open).toBe(0);
    expect(servers.map((server) => server.stored)).toEqual(servers.map(() => 0));
  }

  /** Every host but the one that failed has seen its upload break off. */
  async function othersAborted(failed?: number): Promise<void> {
    const others = servers.filter((_, i) => i !== failed);
    await until(() => others.every((server) => server.aborted === 1));
    expect(others.map((server) => server.aborted)).toEqual(others.map(() => 1));
  }

  test("a host that refuses the connection", async () => {
    const hosts = await serve({}, {}, {});
    await servers[1]?.close();
    servers.splice(1, 1);
    const source = endless(3);

    await fails(source, hosts, /^host-2 .*ECONNREFUSED/);

    expect(source.running).toBe(false);
  });

  test("a host that closes the connection in the middle of the body", async () => {
    const source = endless(3);
    await fails(source, await serve({}, {}, { fault: { after: 5 * chunkSize, how: "close" } }), /^host-3 /);
    expect(source.running).toBe(false);
    await othersAborted(2);
  });

  test("a host that answers with an error status before it has the body", async () => {
    const source = endless(3);
    await fails(source, await serve({ fault: { after: 1, how: "status" } }, {}, {}), /^host-1 .*507: no space left/);
    expect(source.running).toBe(false);
    await othersAborted(0);
  });

  const stalled: HostBehaviour = { fault: { after: 1, how: "stall" } };

  test("a host that answers with an error status when it has the body, while another does not answer", async () => {
    const full: HostBehaviour = { fault: { after: 3 * chunkSize, how: "status" } };
    await elsewhere({ "host-1": stalled, "host-2": full }, async (hosts) => {
      async function* three(): AsyncGenerator<Shard> {
        for (let shard = 0; shard < 3; shard++) {
          await turn();
          yield [new Uint8Array(chunkSize), new Uint8Array(chunkSize)];
        }
      }
      await fails(three(), hosts, /^host-2 .*507: no space left/);
    });
  });

  test("a host that closes the connection while another takes nothing more", async () => {
    const source = endless(2);
    const closing: HostBehaviour = { fault: { after: 8 * chunkSize, how: "close" } };
    await elsewhere({ "host-1": stalled, "host-2": closing }, (hosts) => fails(source, hosts, /^host-2 /));
    expect(source.running).toBe(false);
  });

  test("a file that cannot be read", async () => {
    const directory = await mkdtemp(join(tmpdir(), "failures-"));
    try {
      for (const name of ["a", "b", "c"]) await writeFile(join(directory, name), new Uint8Array(8 * chunkSize));
      const paths = await files(directory);
      await rm(join(directory, "b"));
      const source = shards(paths, { hosts: 2, chunkSize });
      await fails(source, await serve({}, {}), `cannot read ${join(directory, "b")}: ENOENT`);
      await othersAborted();
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  test("a source that throws before its first shard", async () => {
    const hosts = await serve({}, {});
    const source = endless(2, () => {
      throw new Error("the disk is on fire");
    });
    await fails(source, hosts, "the disk is on fire");
  });

  test("a source that throws in the middle", async () => {
    const source = endless(2, (shard) => {
      if (shard === 20) throw new Error("the disk is on fire");
    });
    await fails(source, await serve({}, {}), "the disk is on fire");
    await othersAborted();
  });

  test("a sink that throws in the middle", async () => {
    const faulty: Host = {
      name: "host-3",
      async store(chunks) {
        let taken = 0;
        for await (const chunk of chunks) {
          taken += chunk.length;
          if (taken === 10 * chunkSize) throw new Error("host-3: out of sockets");
        }
        throw new Error("the body ended");
      },
    };
    const source = endless(3);
    await fails(source, [...(await serve({}, {})), faulty], "host-3: out of sockets");
    expect(source.running).toBe(false);
    await othersAborted();
  });

  test("a sink that throws while another needs time to end, which is waited for", async () => {
    const slow: Host = {
      name: "host-1",
      async store(chunks) {
        try {
          for await (const chunk of chunks) if (chunk.length === 0) break;
        } finally {
          for (let turns = 0; turns < 20; turns++) await turn();
        }
        throw new Error("the body ended");
      },
    };
    const faulty: Host = { name: "host-2", store: () => Promise.reject(new Error("host-2: unknown host")) };
    await fails(endless(2), [slow, faulty], "host-2: unknown host");
  });

  test("a sink that throws at once", async () => {
    const faulty: Host = { name: "host-2", store: () => Promise.reject(new Error("host-2: unknown host")) };
    const source = endless(2);
    await fails(source, [...(await serve({})), faulty], "host-2: unknown host");
  });
});
