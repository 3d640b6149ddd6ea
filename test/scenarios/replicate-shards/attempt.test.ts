import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attempt } from "./attempt.ts";
import type { Outcome } from "./attempt.ts";
import { deadline } from "./deadline.ts";
import { startHosts } from "./hosts.ts";
import type { Hosts } from "./hosts.ts";
import { checksums, files } from "./shards.ts";

const chunkSize = 16 * 1024;
const capacity = 4;
const execArgv = ["--conditions=tailrace-source"];
let hosts: Hosts;
let directory: string;
let small: string;
let large: string;

beforeAll(async () => {
  hosts = await startHosts({ "host-1": {}, "host-2": {} });
  directory = await mkdtemp(join(tmpdir(), "attempt-"));
  small = join(directory, "small");
  large = join(directory, "large");
  await writeFile(small, "one tiny file");
  await writeFile(large, new Uint8Array(2 * capacity * chunkSize + 1)); // one byte more than the channels hold
});
afterAll(async () => {
  await hosts.close();
  await rm(directory, { recursive: true });
});

function run(name: string, input: string): Promise<Outcome> {
  const form = new URL(`${name}.ts`, import.meta.url).href;
  const order = { form, input, hosts: hosts.addresses, chunkSize, capacity };
  return deadline(attempt(order, { stuckAfter: 1000, execArgv }), 20_000);
}

async function stored(input: string) {
  const { perHost } = await checksums(await files(input), { hosts: 2, chunkSize });
  return { kind: "replicated", receipts: perHost.map((host, i) => ({ ...host, host: `host-${String(i + 1)}` })) };
}

describe.for(["naive", "driven", "fanned"])("%s", (name) => {
  test("replicates what fits in its channels", async () => {
    expect(await run(name, small)).toMatchObject(await stored(small));
  });
});

test("naive hangs on what does not, and says on which hosts it waits", async () => {
  const outcome = await run("naive", large);
  expect(outcome).toMatchObject({ kind: "stuck", read: 2 * capacity * chunkSize + 1 });
  expect(outcome).toHaveProperty("waits", expect.stringContaining('send on channel "host-1" (capacity 4, full)'));
});

test.for(["driven", "fanned"])("%s replicates what does not", async (name) => {
  expect(await run(name, large)).toMatchObject(await stored(large));
});

test.for(["driven", "fanned"])("the memory of %s does not grow with the input", async (name) => {
  const zeros = join(directory, "zeros");
  await writeFile(zeros, "");
  await truncate(zeros, 256e6);
  const outcome = await run(name, zeros);
  expect(outcome).toMatchObject({ kind: "replicated", read: 256e6 });
  if (outcome.kind === "replicated") expect(outcome.memory.peak - outcome.memory.before).toBeLessThan(128e6);
});

test("an input that cannot be read is an outcome that names it", async () => {
  const gone = join(directory, "gone");
  expect(await run("driven", gone)).toEqual({ kind: "failed", message: expect.stringContaining(gone) as string });
});
