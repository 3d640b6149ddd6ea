// npm run docs:screenshot: takes the picture of a report that docs/guide/waits.md shows. It needs Chromium, and nothing
// checks that it is of today: take it again when the page has changed.
import { setTimeout as sleep } from "node:timers/promises";
import { join } from "node:path";
import { chromium } from "playwright";
import { channel, inspect, limit, scope } from "tailrace";
import type { LimitedCall, Snapshot } from "tailrace";
import { html } from "tailrace/report";
import { find } from "../servers/find.ts";

const PICTURE = join(import.meta.dirname, "../../docs/guide/waits-report.png");
/** Milliseconds for which it looks as if everything had waited. */
const LONG = 83_000;

const snapshot = await hang();
const executablePath = find("chromium");
if (executablePath === undefined) throw new Error("no chromium here (apt-get install chromium)");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1180, height: 580 } });
await page.setContent(html({ ...snapshot, at: snapshot.at + LONG }));
await page.screenshot({ path: PICTURE });
await browser.close();

/** Two jobs take the same two locks in opposite orders, and 300 others wait behind them. */
async function hang(): Promise<Snapshot> {
  const [accounts, journal] = [limit(1, { name: "accounts" }), limit(1, { name: "journal" })];
  const orders = channel<string>({ name: "orders", capacity: 2 });
  const stop = new AbortController();
  const { signal } = stop;
  const [withAccounts, withJournal] = [accounts, journal].map((one) => one.with({ signal })) as [
    LimitedCall,
    LimitedCall,
  ];
  const work = scope(
    (s) => {
      const transfer = async (): Promise<void> => {
        await sleep(20);
        await withJournal(() => undefined);
      };
      const archive = async (): Promise<void> => {
        await sleep(20);
        await withAccounts(() => undefined);
      };
      s.spawn(() => withAccounts(transfer), { name: "customer" });
      s.spawn(() => withJournal(archive), { name: "night job" });
      for (let n = 1; n <= 290; n++) s.spawn(() => withAccounts(() => undefined), { name: `request-${n.toString()}` });
      for (let n = 1; n <= 10; n++) s.spawn(() => orders.send("book", { signal }), { name: `order-${n.toString()}` });
      s.spawn(() => channel({ name: "shutdown" }).receive({ signal }), { name: "listen" });
    },
    { name: "bank", signal },
  );
  await sleep(100);
  const hanging = inspect();
  stop.abort();
  await work.catch(() => undefined);
  return hanging;
}
