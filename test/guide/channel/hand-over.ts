import { channel, scope } from "tailrace";

const lines = channel<string>({ name: "lines", capacity: 16 });

await scope(async (s) => {
  s.spawn(async () => {
    for await (const line of lines) console.log(line);
  });
  for (const line of ["a", "b", "c"]) await lines.send(line);
  lines.close();
});
// prints a
// prints b
// prints c
