import { drive } from "tailrace";

const answer = drive(() => Promise.reject(new Error("no such host")));

await new Promise((resolve) => setTimeout(resolve, 10)); // nobody listens yet, and nothing is reported as unhandled

await answer.catch((error: unknown) => {
  console.log(String(error)); // prints Error: no such host
});
