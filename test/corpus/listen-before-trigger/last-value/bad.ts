// Every value comes before the wait for the last one subscribes; then the subject ends, and there was none.
// Ends: exit 1
// Fails: no elements in sequence
import { lastValueFrom, Subject } from "rxjs";

const totals = new Subject<number>();
for (const total of [1, 3, 6]) totals.next(total);
setTimeout(() => totals.complete(), 20);
await lastValueFrom(totals); // starves
