// The process in which a user function runs.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { serve } from "tailrace/node";
import type { UserFunction } from "./runner.ts";

const [folder = ""] = process.argv.slice(2);
// As a host on which nothing starts.
if (existsSync(join(folder, "broken"))) process.exit(1);
writeFileSync(join(folder, String(process.pid)), "");

serve<UserFunction, string, string>(async ({ does, input }, { output }) => {
  if (does === "slow") await sleep(100);
  if (does === "fail") throw new RangeError(input);
  if (does === "hang") await new Promise<never>(() => undefined);
  if (does === "progress") for (const part of input.split(" ")) await output(part);
  return `${input} by ${String(process.pid)}`;
});
