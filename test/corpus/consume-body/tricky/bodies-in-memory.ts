// These clients read the body themselves before they answer.
import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import axios from "axios";
import got from "got";

const server = createServer((_request, response) => response.end("whole")).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
const httpAgent = new Agent({ keepAlive: true, maxSockets: 1 });

const statusOf = async (): Promise<number[]> => {
  const { status } = await axios.get(url, { httpAgent, proxy: false });
  const { statusCode } = await got(url, { agent: { http: httpAgent } });
  await axios.post(url, undefined, { httpAgent, proxy: false });
  return [status, statusCode];
};

assert.deepEqual(await statusOf(), [200, 200]);
assert.deepEqual(await statusOf(), [200, 200]);
httpAgent.destroy();
server.close();
