import { limit, rate } from "tailrace";

const polite = rate({ per: 2, interval: 50, name: "api" });
const few = limit(1);
const begin = performance.now();
const ask = (question: number): Promise<number> =>
  polite(() => few(() => Math.floor((performance.now() - begin) / 50) + question * 0));

const turns = await Promise.all([1, 2, 3, 4].map((question) => ask(question)));
console.log(
  turns.slice(0, 2).join(),
  "in the first interval;",
  turns[2] !== 0 && turns[3] !== 0,
  "for the others later",
);
// prints 0,0 in the first interval; true for the others later
