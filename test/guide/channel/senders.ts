import { channel, scope } from "tailrace";

const lines = channel<string>({ name: "lines" });

await scope(async (s) => {
  for (const host of ["north", "south"]) {
    const sender = lines.sender();
    s.spawn(async () => {
      using out = sender; // is closed however the task ends
      await out.send(`${host} is up`);
    });
  }
  for await (const line of lines) console.log(line); // ends when both have closed
});
// prints north is up
// prints south is up
