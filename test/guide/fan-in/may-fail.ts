import { fanIn } from "tailrace";

async function* sensor(name: string, readings: number): AsyncGenerator<string> {
  for (let reading = 1; reading <= readings; reading++) yield await Promise.resolve(`${name} ${reading}`);
  if (name === "roof") throw new Error("no answer");
}

const sensors = fanIn([
  { from: sensor("roof", 1), name: "roof", onError: "end" },
  { from: sensor("cellar", 2), name: "cellar", onError: "end" },
]);
for await (const reading of sensors) console.log(reading);
for (const { name, status, delivered } of sensors.sources) console.log(`${name}: ${status} after ${delivered}`);
// prints roof 1
// prints cellar 1
// prints cellar 2
// prints roof: failed after 1
// prints cellar: ended after 2
