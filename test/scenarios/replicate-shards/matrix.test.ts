import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deadline } from "./deadline.ts";
import { replicate as driven } from "./driven.ts";
import { replicate as fanned } from "./fanned.ts";
import { serveHost } from "./host-server.ts";
import type { HostServer } from "./host-server.ts";
import { httpHost } from "./http-host.ts";
import { meter } from "./meter.ts";
import type { Receipt, Shard } from "./replicate.ts";

const chunkSize = 512;
let servers: HostServer[];

beforeAll(async () => {
  servers = await Promise.all(Array.from({ length: 20 }, (_, i) => serveHost(`host-${String(i + 1)}`)));
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
});

const chunkOf = (host: number, shard: number) => Buffer.alloc(chunkSize, `${String(host)}:${String(shard)} `);

async function* shardsFor(hosts: number, count: number): AsyncGenerator<Shard> {
  for (let shard = 0; shard < count; shard++) {
    await Promise.resolve();
    yield Array.from({ length: hosts }, (_, host) => chunkOf(host, shard));
  }
}

function receiptFor(host: number, count: number): Receipt {
  const hash = createHash("sha256");
  for (let shard = 0; shard < count; shard++) hash.update(chunkOf(host, shard));
  return { host: `host-${String(host + 1)}`, bytes: count * chunkSize, sha256: hash.digest("hex") };
}

describe.for([
  { form: "driven", replicate: driven },
  { form: "fanned", replicate: fanned },
])("$form replicates over HTTP within its bound", ({ replicate }) => {
  const cells = [1, 3, 20].flatMap((hosts) =>
    [1, 2, 1000].flatMap((chunks) => [0, 1, 16].map((capacity) => ({ hosts, chunks, capacity }))),
  );

  test.for(cells)("$hosts hosts × $chunks chunks × capacity $capacity", async ({ hosts, chunks, capacity }) => {
    const bound = hosts * capacity * chunkSize;
    const gauge = meter(({ buffered }) => {
      expect(buffered).toBeLessThanOrEqual(bound);
    });
    const targets = gauge.hosts(servers.slice(0, hosts).map(({ url }, i) => httpHost(`host-${String(i + 1)}`, url)));

    const receipts = await deadline(replicate(gauge.source(shardsFor(hosts, chunks)), targets, { capacity }), 20_000);

    expect(receipts).toEqual(targets.map((_, host) => receiptFor(host, chunks)));
    expect(gauge.peak).toBeLessThanOrEqual(bound);
    expect(gauge.read).toBe(hosts * chunks * chunkSize);
  });
});
