// A writer that gives way while the log is busy. Broken: it waits for "drain" where no write was refused.
import { once } from "node:events";
import { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { scope, waiting } from "tailrace";
import { form, serve } from "./service.ts";

await serve(() =>
  scope(async (s) => {
    let written = 0;
    const log = new Writable({
      write(line: Buffer, _, done) {
        written += line.length;
        void sleep(1).then(() => {
          done();
        });
      },
    });
    async function writeLines(): Promise<void> {
      for (const line of ["one\n", "two\n", "three\n"]) {
        log.write(line);
        const isBusy = form === "broken" ? log.writableLength > 0 : log.writableNeedDrain;
        if (isBusy) await waiting("drain", once(log, "drain"), { resource: "log", holder: "disk" });
      }
      log.end();
      await waiting("finish", once(log, "finish"), { resource: "log", holder: "disk" });
    }
    await s.spawn(writeLines, { name: "writer" });
    return written;
  }),
);
