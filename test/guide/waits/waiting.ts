import { setTimeout as sleep } from "node:timers/promises";
import { report, waiting } from "tailrace";

const reply = waiting("reply", sleep(20, "done"), { resource: "job server" });

console.log(report());
// prints reply on resource "job server" has waited 0.0 s for its promise to settle

console.log(await reply); // prints done
