import { fanOut } from "tailrace";

interface Line {
  readonly level: "info" | "error";
  readonly text: string;
}

async function collect(lines: AsyncIterable<Line>): Promise<string[]> {
  const texts: string[] = [];
  for await (const { text } of lines) texts.push(text);
  return texts;
}

const log: Line[] = [
  { level: "info", text: "started" },
  { level: "error", text: "disk full" },
  { level: "info", text: "stopped" },
];
const { all, alarms } = await fanOut(
  log,
  { all: collect, alarms: collect },
  { route: ({ level }) => (level === "error" ? ["all", "alarms"] : "all") },
);

console.log(all.join(", ")); // prints started, disk full, stopped
console.log(alarms.join(", ")); // prints disk full
