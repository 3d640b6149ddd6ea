// A queue without a bound always has room for what a task adds and waits for.
import PQueue from "p-queue";

const queue = new PQueue();

const power = (base, exponent) =>
  queue.add(async () => (exponent === 0 ? 1 : base * (await power(base, exponent - 1))));

if ((await power(2, 10)) !== 1024) throw new Error("wrong");
