// spawn() runs its function now: the receiver waits for the first item when send() is called.
import { channel, scope } from "tailrace";

const inbox = channel<number>();
const total = await scope(async (tasks) => {
  const receiving = tasks.spawn(async () => {
    let sum = 0;
    for await (const value of inbox) sum += value;
    return sum;
  });
  for (const value of [1, 2, 3]) await inbox.send(value);
  inbox.close();
  return await receiving;
});
if (total !== 6) throw new Error(`${total}`);
