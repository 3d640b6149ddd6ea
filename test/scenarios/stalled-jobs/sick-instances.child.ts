// A pool of instances, all of which turn out to be sick when they are taken. Broken: those are thrown away, and nobody
// makes new ones.
import { channel, scope, waiting } from "tailrace";
import { form, serve } from "./service.ts";

interface Instance {
  readonly id: number;
  readonly sick: boolean;
}

await serve(() =>
  scope(async (s) => {
    const ready = channel<Instance>({ name: "ready instances", capacity: 2 });
    for (const id of [1, 2]) await ready.send({ id, sick: true });

    async function take(): Promise<number> {
      for (;;) {
        const { id, sick } = await waiting("instance", ready.receive(), { resource: "pool", holder: "recycler" });
        if (!sick) return id;
        if (form === "fixed") s.spawn(() => ready.send({ id, sick: false }), { name: "recycler" });
      }
    }
    return await s.spawn(take, { name: "taker" });
  }),
);
