// The trigger stands in the same expression as the wait, or right before it without an await.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";

const first = createServer();
await once(first.listen(0, "127.0.0.1"), "listening");
const second = createServer();
second.listen(0, "127.0.0.1");
await once(second, "listening");
assert.ok(first.listening && second.listening);
first.close();
second.close();
await Promise.all([once(first, "close"), once(second, "close")]);
