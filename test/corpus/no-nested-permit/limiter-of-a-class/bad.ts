// Each page of a site holds a permit of the crawler's own limiter until the pages that it links to have been visited.
// Ends: exit 13
import pLimit from "p-limit";

type Site = ReadonlyMap<string, readonly string[]>;

class Crawler {
  readonly #limit = pLimit(2);
  readonly #site: Site;
  readonly visited = new Set<string>();

  constructor(site: Site) {
    this.#site = site;
  }

  async visit(page: string): Promise<void> {
    if (this.visited.has(page)) return;
    this.visited.add(page);
    await this.#limit(async () => {
      for (const link of this.#site.get(page) ?? []) {
        await this.visit(link); // starves
      }
    });
  }
}

const crawler = new Crawler(
  new Map([
    ["/", ["/docs", "/blog"]],
    ["/docs", ["/docs/api"]],
    ["/docs/api", ["/docs/api/v2"]],
  ]),
);
await crawler.visit("/"); // waits
if (crawler.visited.size !== 5) throw new Error(String(crawler.visited.size));
