// Only what is asked of the site is limited; the permit is back before the pages behind it ask for theirs.
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
    const links = await this.#limit(async () => this.#site.get(page) ?? []);
    for (const link of links) await this.visit(link);
  }
}

const crawler = new Crawler(
  new Map([
    ["/", ["/docs", "/blog"]],
    ["/docs", ["/docs/api"]],
    ["/docs/api", ["/docs/api/v2"]],
  ]),
);
await crawler.visit("/");
if (crawler.visited.size !== 5) throw new Error(String(crawler.visited.size));
