// A class of another file writes in add() and reads in finish(): awaiting add() waits for what finish() starts.
// Ends: exit 13
// Needs types: the class is in another file.
import { Report } from "./lib/report.ts";

const report = new Report("checked");
await report.add("doors"); // starves
await report.add("windows");
const lines = await report.finish();
if (lines.join() !== "checked: doors,checked: windows") throw new Error(lines.join());
