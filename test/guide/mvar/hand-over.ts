import { mvar, scope } from "tailrace";

const answer = mvar<string>({ name: "answer" });

await scope(async (s) => {
  s.spawn(() => answer.put("yes"));
  console.log(await answer.take());
});
console.log(await answer.isEmpty());
// prints yes
// prints true
