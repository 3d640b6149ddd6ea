// Pages are fetched ahead, and each holds a permit until it has been worked on. Broken: the work wants a permit of the
// same limit, and all are held by pages that wait for their turn.
import { limit, scope } from "tailrace";
import { form, serve } from "./service.ts";

interface Page {
  readonly nth: number;
  readonly release: () => void;
}

await serve(() =>
  scope(async (s) => {
    const fetches = limit(3, { name: "permits" });
    const works = form === "broken" ? fetches : limit(3, { name: "work" });

    function fetchPage(nth: number): Promise<Page> {
      const { promise: page, resolve: have } = Promise.withResolvers<Page>();
      const { promise: released, resolve: release } = Promise.withResolvers<undefined>();
      void fetches.with({ name: `page ${nth.toString()}` })(() => {
        have({
          nth,
          release: () => {
            release(undefined);
          },
        });
        return released;
      });
      return page;
    }

    async function* prefetched(pages: number): AsyncGenerator<Page, void, undefined> {
      const ahead: Promise<Page>[] = [];
      for (let nth = 1; nth <= pages; nth++) {
        if (ahead.push(fetchPage(nth)) < 3) continue;
        const next = ahead.shift();
        if (next !== undefined) yield await next;
      }
      for (const page of ahead) yield await page;
    }

    async function work(): Promise<number> {
      let sum = 0;
      for await (const { nth, release } of prefetched(6)) {
        sum += await works(() => nth);
        release();
      }
      return sum;
    }
    return await s.spawn(work, { name: "worker" });
  }),
);
