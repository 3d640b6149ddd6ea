import { setTimeout as sleep } from "node:timers/promises";
import { fanOut } from "tailrace";

const worker = (milliseconds: number) => async (pages: AsyncIterable<number>) => {
  const done: number[] = [];
  for await (const page of pages) {
    await sleep(milliseconds);
    done.push(page);
  }
  return done;
};

const pages = Array.from({ length: 20 }, (_, page) => page);
const { quick, slow } = await fanOut(pages, { quick: worker(1), slow: worker(100) }, { route: "any", buffer: 0 });

console.log(quick.length + slow.length); // prints 20
console.log(quick.length > slow.length); // prints true
