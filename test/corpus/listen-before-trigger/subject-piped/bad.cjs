// The helper emits all values before it returns, and nobody has subscribed to what comes out of the pipe.
// Ends: exit 0 early
const { filter, firstValueFrom, map, Subject } = require("rxjs");

const readings = new Subject();
const degrees = readings.pipe(map((reading) => reading / 10));

function replay(values) {
  values.forEach((value) => readings.next(value));
}

(async () => {
  replay([180, 215, 240]);
  const high = await firstValueFrom(degrees.pipe(filter((value) => value > 20))); // starves
  console.log(high);
})();
