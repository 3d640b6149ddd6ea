// A service that stands still on one core: flavio/rusty-hermit-scheduler-bug. A pool of one connection is asked by two
// workers one after the other, and then by the main program. There, the pool waited for a connection without letting
// run who makes it; here, nothing of the pool needs a second thread. Lines before and after each step tell where it stops.
import { parseArgs } from "node:util";
import { Redis } from "ioredis";
import { scope } from "tailrace";
import { ioredisPool } from "tailrace/adapters";

const USAGE = `usage: one-core-redis --redis-host NAME[:PORT] [--enable-connection-pool] [--connection-timeout MS]
  -r, --redis-host NAME[:PORT]  the Redis to talk to (port 6379 if none is given)
  --enable-connection-pool      use a pool of one connection, not a connection of its own
  --connection-timeout MS       how long to wait for the pool (default 30000)
  -h, --help                    print this`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let given: Arguments;
  try {
    given = read(args);
  } catch (error) {
    console.error(`${textOf(error)}\n${USAGE}`);
    return 2;
  }
  if (given.help) {
    console.log(USAGE);
    return 0;
  }
  try {
    await (given.isPooled ? withPool(given) : withoutPool(given));
    return 0;
  } catch (error) {
    console.error(`failed: ${textOf(error)}`);
    return 1;
  }
}

interface Arguments {
  readonly host: string;
  readonly port: number;
  readonly isPooled: boolean;
  readonly timeout: number;
  readonly help: boolean;
}

function read(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "redis-host": { type: "string", short: "r" },
      "enable-connection-pool": { type: "boolean", default: false },
      "connection-timeout": { type: "string", default: "30000" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { help } = values;
  const address = values["redis-host"];
  if (address === undefined && !help) throw new Error("--redis-host is missing");
  const [host = "", port = "6379"] = (address ?? "").split(":");
  const timeout = Number(values["connection-timeout"]);
  if (!(timeout > 0)) throw new Error("--connection-timeout wants a number of milliseconds above 0");
  return { host, port: Number(port), isPooled: values["enable-connection-pool"], timeout, help };
}

function clientOf({ host, port }: Arguments): Redis {
  return new Redis({ host, port, lazyConnect: true, retryStrategy: null });
}

async function withoutPool(given: Arguments): Promise<void> {
  const client = clientOf(given);
  let failure: unknown;
  client.on("error", (error) => {
    failure = error;
  });
  try {
    await step("connect", () => client.connect());
    await step("check the connection", () => client.ping());
    await step("set the key", () => client.set("greeting", "hello"));
    console.log(`greeting: ${String(await step("read the key", () => client.get("greeting")))}`);
  } catch (error) {
    throw failure ?? error; // the latter says only that the connection is closed
  } finally {
    client.disconnect();
  }
}

async function withPool(given: Arguments): Promise<void> {
  await using clients = ioredisPool(() => clientOf(given), {
    name: "redis",
    max: 1,
    acquireTimeout: given.timeout,
    grace: 0,
  });
  await step("build the pool", () => clients.ready());
  await step("empty the key", () => clients.use((client) => client.del("workers")));
  for (const name of ["worker 1", "worker 2"]) {
    await scope((s) => {
      s.spawn(() => step(`${name} appends`, () => clients.use((client) => client.append("workers", `${name};`))), {
        name,
      });
    });
  }
  console.log(`workers: ${String(await step("read the key", () => clients.use((client) => client.get("workers"))))}`);
}

async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
  console.log(`> ${name}`);
  const result = await run();
  console.log(`< ${name}`);
  return result;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
