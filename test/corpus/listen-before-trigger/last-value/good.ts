// The promise of the last value is made before the first one.
import assert from "node:assert/strict";
import { lastValueFrom, Subject } from "rxjs";

const totals = new Subject<number>();
const last = lastValueFrom(totals);
for (const total of [1, 3, 6]) totals.next(total);
setTimeout(() => totals.complete(), 20);
assert.equal(await last, 6);
