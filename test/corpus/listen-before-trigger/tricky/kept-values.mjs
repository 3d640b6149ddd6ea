// Subjects that keep their value, and a pipe that begins with one, have it for whoever comes late.
import assert from "node:assert/strict";
import { BehaviorSubject, firstValueFrom, ReplaySubject, startWith, Subject } from "rxjs";

const state = new BehaviorSubject("new");
state.next("ready");
assert.equal(await firstValueFrom(state), "ready");

const log = new ReplaySubject(1);
log.next("line");
assert.equal(await firstValueFrom(log), "line");

const clicks = new Subject();
clicks.next("lost");
assert.equal(await firstValueFrom(clicks.pipe(startWith("none"))), "none");
