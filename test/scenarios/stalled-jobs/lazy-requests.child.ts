// Uploads to several hosts by requests that are sent when somebody awaits them. Broken: that is after their bodies have
// been written; as long as those fit into the buffers, it works.
import { channel, scope } from "tailrace";
import type { Channel } from "tailrace";
import { form, serve } from "./service.ts";

/** As query builders are. */
class LazyRequest implements PromiseLike<number> {
  readonly #body: Channel<Uint8Array>;
  #sent: Promise<number> | undefined;

  constructor(body: Channel<Uint8Array>) {
    this.#body = body;
  }

  then<A = number, B = never>(
    fulfilled?: ((bytes: number) => A | PromiseLike<A>) | null,
    rejected?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return (this.#sent ??= this.#send()).then(fulfilled, rejected);
  }

  async #send(): Promise<number> {
    let bytes = 0;
    for await (const chunk of this.#body) bytes += chunk.length;
    return bytes;
  }
}

await serve(() =>
  scope(async (s) => {
    const chunks = form === "small" ? 2 : 50;
    const bodies = ["host-1", "host-2", "host-3"].map((name) => channel<Uint8Array>({ name, capacity: 2 }));
    const requests = bodies.map((body) => new LazyRequest(body));
    const replies = form === "fixed" ? Promise.all(requests) : undefined;

    async function feed(): Promise<void> {
      for (let nth = 0; nth < chunks; nth++) await Promise.all(bodies.map((body) => body.send(new Uint8Array(10))));
      for (const body of bodies) body.close();
    }
    await s.spawn(feed, { name: "feed" });
    return (await (replies ?? Promise.all(requests))).join(" ");
  }),
);
