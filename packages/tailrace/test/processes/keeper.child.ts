// A process that keeps something for others, does nothing, and tells the name.
import process from "node:process";
import { createMVar } from "tailrace/processes";

const [, , folder, name] = process.argv;
const box = await createMVar<string>({ folder, name, value: "value" });
process.send?.(box.name);
// From then on nothing holds it but those who have it open.
process.once("message", () => undefined);
