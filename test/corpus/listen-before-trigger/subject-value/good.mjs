// The promise subscribes before the value is emitted.
import assert from "node:assert/strict";
import { firstValueFrom, Subject } from "rxjs";

const port = new Subject();
const opened = firstValueFrom(port);
port.next(8080);
assert.equal(await opened, 8080);
