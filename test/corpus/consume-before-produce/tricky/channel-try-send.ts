// trySend() never waits; it says whether there was room.
import { channel, EMPTY } from "tailrace";

const recent = channel<number>({ capacity: 2 });
const refused = [1, 2, 3, 4].filter((value) => !recent.trySend(value));
recent.close();

const kept: number[] = [];
for (let value = recent.tryReceive(); value !== EMPTY; value = recent.tryReceive()) kept.push(value);
if (kept.join() !== "1,2" || refused.join() !== "3,4") throw new Error(`${kept.join()} ${refused.join()}`);
