// Answers each line of JSON with one, until its input ends.
import process from "node:process";
import { createInterface } from "node:readline";

for await (const line of createInterface({ input: process.stdin })) {
  const { id } = JSON.parse(line) as { readonly id: number };
  process.stdout.write(`${JSON.stringify({ id, double: id * 2 })}\n`);
}
