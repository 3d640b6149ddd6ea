import { mvar } from "tailrace";

const jobs = mvar<string>({ name: "jobs" });

await jobs.take({ timeout: 20 }).catch((error: unknown) => {
  console.log(String(error));
});
await jobs.put("wash"); // nobody has taken it
console.log(await jobs.tryTake());
// prints TimeoutError: take on mvar "jobs" (empty, 1 waiting) waited 20 ms for a value; nobody is putting
// prints wash
