import { after, channel, receiveFrom, select } from "tailrace";

const jobs = channel<string>({ name: "jobs", capacity: 8 });
const alarms = channel<number>({ name: "alarms", capacity: 1 });
await jobs.send("wash");
await jobs.send("dry");

for (let running = true; running;) {
  const chosen = await select([receiveFrom(jobs), receiveFrom(alarms), after(20)]);
  if (chosen.index === 0) console.log(chosen.value);
  else if (chosen.index === 1) throw new Error(`alarm ${chosen.value}`);
  else running = false;
}
console.log("nothing to do");
// prints wash
// prints dry
// prints nothing to do
