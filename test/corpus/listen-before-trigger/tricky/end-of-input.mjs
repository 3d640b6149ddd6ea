// "finish" comes after the call that ends the stream, and no await stands between.
import assert from "node:assert/strict";
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

const stream = new PassThrough();
stream.resume();
await sleep(5);
stream.end("bye");
await once(stream, "finish");
assert.ok(stream.writableFinished);
