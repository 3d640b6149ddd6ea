// A box and a number that changes with it, to wait on. Broken: the number is read after the look into the box, so that
// what is put there in between wakes nobody.
import { setImmediate as turn } from "node:timers/promises";
import { channel, scope, waiting } from "tailrace";
import { form, serve } from "./service.ts";

const [ITEM, CHANGES] = [0, 1];
const box = new Int32Array(new SharedArrayBuffer(8));

await serve(() =>
  scope(async (s) => {
    const looked = channel<boolean>({ name: "looked" });
    s.spawn(
      async () => {
        await looked.receive();
        Atomics.store(box, ITEM, 42);
        Atomics.add(box, CHANGES, 1);
        Atomics.notify(box, CHANGES);
      },
      { name: "putter" },
    );

    async function take(): Promise<number> {
      let seen = Atomics.load(box, CHANGES);
      while (Atomics.load(box, ITEM) === 0) {
        // An unlucky moment for a change of threads.
        await looked.send(true);
        await turn();
        if (form === "broken") seen = Atomics.load(box, CHANGES);
        const change = Promise.resolve(Atomics.waitAsync(box, CHANGES, seen).value);
        await waiting("change", change, { resource: "box", holder: "putter" });
        seen = Atomics.load(box, CHANGES);
      }
      return Atomics.load(box, ITEM);
    }
    return await s.spawn(take, { name: "taker" });
  }),
);
