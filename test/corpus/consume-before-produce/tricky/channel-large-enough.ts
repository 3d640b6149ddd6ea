// Three places for three sends.
import { channel } from "tailrace";

const primaries = channel<string>({ capacity: 3 });
await primaries.send("red");
await primaries.send("green");
await primaries.send("blue");
primaries.close();

const colours: string[] = [];
for await (const colour of primaries) colours.push(colour);
if (colours.join() !== "red,green,blue") throw new Error(colours.join());
