import { channel } from "tailrace";

const readings = channel<number>({ name: "readings", capacity: 2, overflow: "drop-oldest" });
for (const reading of [20, 21, 22, 23]) await readings.send(reading);
readings.close();

for await (const reading of readings) console.log(reading);
console.log(`${readings.dropped} dropped`);
// prints 22
// prints 23
// prints 2 dropped
