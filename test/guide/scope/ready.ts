import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { scope } from "tailrace";
import type { StartContext } from "tailrace";

async function serve({ ready, signal }: StartContext<number>): Promise<void> {
  const server = createServer((_, response) => response.end("hello"));
  const closed = once(server, "close");
  const listening = once(server, "listening");
  server.listen({ port: 0, host: "127.0.0.1", signal });
  await listening;
  ready((server.address() as AddressInfo).port);
  await closed;
}

const text = await scope(async (s) => {
  const port = await s.start(serve, { daemon: true });
  const response = await fetch(`http://127.0.0.1:${port}`, { headers: { connection: "close" } });
  return response.text();
});
console.log(text); // prints hello

await scope(async (s) => {
  await s.start(() => undefined, { name: "forgetful" });
}).catch((error: unknown) => {
  console.log(String(error)); // prints NotReadyError: start on task "forgetful": it ended without having called ready
});
