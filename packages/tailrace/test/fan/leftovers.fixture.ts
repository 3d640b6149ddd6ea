// Run by itself: fails a fan-out in each phase, with real files and sockets, and prints what is still active right
// after.
import { createReadStream, createWriteStream, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createGzip } from "node:zlib";
import { fanOut, report } from "tailrace";
import type { TaskContext } from "tailrace";
import { collect } from "../items.ts";
import { counted } from "./sinks.ts";

process.on("unhandledRejection", (reason) => {
  console.log("unhandled rejection", reason);
});

const self = fileURLToPath(import.meta.url);
const copy = join(tmpdir(), `tailrace-${process.pid.toString()}`);

function failAfter(count: number) {
  return async (items: AsyncIterable<unknown>): Promise<void> => {
    let taken = 0;
    for await (const item of items) if (++taken > count) throw new Error(`at ${String(item).slice(0, 3)}`);
    throw new Error("at the end");
  };
}

async function waits(items: AsyncIterable<unknown>, { signal }: TaskContext): Promise<void> {
  for await (const item of items) await sleep(1000, item, { signal });
}

const phases: Record<string, () => Promise<unknown>> = {
  "nothing fails": () => fanOut(createReadStream(self), [createWriteStream(copy), createGzip().resume(), collect]),
  "the source does not exist": () =>
    fanOut(createReadStream(`${self}.missing`), [createWriteStream(copy), collect, waits]),
  "the source fails later": () =>
    fanOut(
      (async function* () {
        yield await sleep(1, "x");
        throw new Error("later");
      })(),
      [createWriteStream(copy), waits],
    ),
  "a sink throws at once": () =>
    fanOut(createReadStream(self, { highWaterMark: 16 }), [createWriteStream(copy), failAfter(0), waits]),
  "a sink throws later": () =>
    fanOut(createReadStream(self, { highWaterMark: 16 }), [createWriteStream(copy), failAfter(9), waits]),
  "a sink throws at the end": () => fanOut(counted(3).items, [failAfter(9), collect, waits]),
  "a file cannot be written": () =>
    fanOut(createReadStream(self), [createWriteStream(join(copy, "no", "such")), waits]),
  "the signal aborts": () =>
    fanOut(createReadStream(self, { highWaterMark: 1 }), [createWriteStream(copy), waits], {
      signal: AbortSignal.timeout(5),
    }),
  "the signal has aborted": () =>
    fanOut(createReadStream(self), [createWriteStream(copy), waits], { signal: AbortSignal.abort() }),
  "the route throws": () =>
    fanOut(createReadStream(self), [createWriteStream(copy), waits], {
      route: () => {
        throw new Error("route");
      },
    }),
  "an item to zip is wrong": () => fanOut([["a"]], [createWriteStream(copy), waits], { route: "zip" }),
  "a sink is evicted": () =>
    fanOut(createReadStream(self, { highWaterMark: 16 }), [
      createWriteStream(copy),
      { run: waits, slow: { evictAfter: 5 }, capacity: 1 },
    ]),
  "a sink is slow, but not for too long": () =>
    fanOut(["a", "b", "c"], [{ run: (items) => collect(items), slow: { evictAfter: 1e6 }, capacity: 0 }]),
  "all sinks leave": () =>
    fanOut(createReadStream(self, { highWaterMark: 16 }), [
      async (items) => {
        for await (const item of items) if (item) break;
      },
    ]),
};

/** What stays active: handles need a few turns of the event loop to close. */
async function active(phase: string): Promise<void> {
  let kinds: string[] = [];
  for (let turn = 0; turn < 20; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    kinds = process.getActiveResourcesInfo().filter((kind) => kind !== "PipeWrap" && kind !== "TTYWrap");
    if (kinds.length === 0) break;
  }
  console.log(`${phase}: ${kinds.join(", ") || "nothing is active"}, ${report()}`);
}

for (const [phase, run] of Object.entries(phases)) {
  await run().catch(() => undefined);
  await active(phase);
}

const server = createServer((request, response) => {
  request.on("error", () => undefined).resume();
  request.on("end", () => response.end());
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
const upload =
  (to: number) =>
  (chunks: AsyncIterable<Uint8Array>, { signal }: TaskContext): Promise<Response> =>
    fetch(`http://127.0.0.1:${to.toString()}`, {
      method: "PUT",
      body: ReadableStream.from(chunks),
      duplex: "half",
      signal,
    });
const bytes = Array.from({ length: 1000 }, () => new Uint8Array(10_000));
await fanOut(bytes, [upload(port), upload(1)]).then(
  () => undefined,
  () => undefined,
);
server.closeAllConnections();
await new Promise((resolve) => server.close(resolve));
await active("a host refuses");
rmSync(copy, { force: true });
