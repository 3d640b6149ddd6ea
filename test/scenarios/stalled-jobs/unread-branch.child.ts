// A file that goes to two readers. Broken: the second is to read when the first is done; as long as the file fits into
// its buffer, it works.
import { broadcast, scope } from "tailrace";
import type { Subscription } from "tailrace";
import { form, serve } from "./service.ts";

await serve(() =>
  scope(async (s) => {
    const file = broadcast<number>({ name: "file" });
    const archive = file.subscribe({ name: "archive", capacity: 4 });
    const checksum = file.subscribe({ name: "checksum", capacity: 4 });

    async function send(): Promise<void> {
      for (let nth = 1; nth <= (form === "small" ? 4 : 400); nth++) await file.send(nth);
      file.close();
    }
    async function read(branch: Subscription<number>): Promise<number> {
      let sum = 0;
      for await (const chunk of branch) sum += chunk;
      return sum;
    }
    s.spawn(send, { name: "sender" });
    const early = form === "fixed" ? s.spawn(() => read(checksum), { name: "summer" }) : undefined;
    const archived = await s.spawn(() => read(archive), { name: "archivist" });
    return archived === (await (early ?? read(checksum)));
  }),
);
