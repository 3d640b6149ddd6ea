// A pool of one connection, and somebody who waits for it only so long. Broken: it still stands in the queue when it
// has gone, and is given the connection.
import { setTimeout as sleep } from "node:timers/promises";
import { channel, scope, TimeoutError, waiting } from "tailrace";
import { form, serve } from "./service.ts";

const PATIENCE = 20;

await serve(() =>
  scope(async (s) => {
    const free = channel<string>({ name: "free connections", capacity: 1 });
    let holder = "nobody";
    await free.send("connection");

    async function lease(who: string, timeout?: number): Promise<string> {
      const connection = await waiting("lease", free.receive({ timeout }), { resource: "pool", holder });
      holder = who;
      return connection;
    }
    async function hurry(): Promise<void> {
      if (form === "broken") await Promise.race([lease("hasty"), sleep(PATIENCE)]);
      else {
        await lease("hasty", PATIENCE).catch((error: unknown) => {
          if (!(error instanceof TimeoutError)) throw error;
        });
      }
    }
    const connection = await lease("first");
    await s.spawn(hurry, { name: "hasty" });
    await free.send(connection);
    await sleep(1);
    return await s.spawn(() => lease("patient"), { name: "patient" });
  }),
);
