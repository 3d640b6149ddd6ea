// The value before was for others; the one that is waited for comes later, or the end does.
import assert from "node:assert/strict";
import { EmptyError, filter, firstValueFrom, Subject } from "rxjs";

const state = new Subject<string>();
state.next("loading");
setTimeout(() => state.next("done"), 20);
assert.equal(await firstValueFrom(state.pipe(filter((value) => value === "done"))), "done");

const ended = new Subject<string>();
ended.next("lost");
ended.complete();
await assert.rejects(firstValueFrom(ended), EmptyError);
