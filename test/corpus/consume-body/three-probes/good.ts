// Each probe lets go of its body.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent, fetch } from "undici";

const server = createServer((_request, response) => {
  response.setHeader("x-version", "3");
  response.end("manifest ".repeat(20_000));
}).listen(0, "127.0.0.1");
await once(server, "listening");
const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
const dispatcher = new Agent({ connections: 1 });

async function versionOf(name: string): Promise<string | null> {
  const manifest = await fetch(`${origin}/${name}/manifest`, { dispatcher });
  await manifest.body?.cancel();
  if (manifest.status >= 400) return null;
  return manifest.headers.get("x-version");
}

const versions = await Promise.all(["studio", "tools", "theme"].map(versionOf));
assert.deepEqual(versions, ["3", "3", "3"]);
await dispatcher.close();
server.close();
