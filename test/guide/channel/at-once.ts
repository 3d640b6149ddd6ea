import { channel, EMPTY } from "tailrace";

const readings = channel<number>({ capacity: 2 });
const sent = [20.5, 20.6, 20.7].map((reading) => readings.trySend(reading));
console.log(sent.join(", ")); // prints true, true, false

for (let reading = readings.tryReceive(); reading !== EMPTY; reading = readings.tryReceive()) console.log(reading);
// prints 20.5
// prints 20.6
