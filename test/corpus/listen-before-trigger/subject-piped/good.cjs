// The subject replays what it has emitted to whoever comes later.
const assert = require("node:assert/strict");
const { filter, firstValueFrom, map, ReplaySubject } = require("rxjs");

const readings = new ReplaySubject();
const degrees = readings.pipe(map((reading) => reading / 10));

function replay(values) {
  values.forEach((value) => readings.next(value));
}

(async () => {
  replay([180, 215, 240]);
  const high = await firstValueFrom(degrees.pipe(filter((value) => value > 20)));
  assert.equal(high, 21.5);
})();
