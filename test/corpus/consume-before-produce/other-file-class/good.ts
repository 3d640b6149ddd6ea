// The lines are added without waiting for room, and finish() reads them.
import { Report } from "./lib/report.ts";

const report = new Report("checked");
const adding = [report.add("doors"), report.add("windows")];
const lines = await report.finish();
await Promise.all(adding);
if (lines.join() !== "checked: doors,checked: windows") throw new Error(lines.join());
