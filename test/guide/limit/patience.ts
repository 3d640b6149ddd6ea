import { limit } from "tailrace";

const limited = limit(4, { name: "memory" });
const large = limited.with({ weight: 4, name: "resize" });
const impatient = limited.with({ timeout: 20, name: "preview" });

let finish: (() => void) | undefined;
const finished = new Promise<string>((resolve) => {
  finish = () => {
    resolve("resized");
  };
});
const resized = large(() => finished);
await impatient(() => "shown").catch((error: unknown) => {
  console.log(String(error));
});
finish?.();
console.log(await resized);
// prints TimeoutError: call on limit "memory" (4 of 4 permits taken) waited 20 ms for a permit
// prints resized
