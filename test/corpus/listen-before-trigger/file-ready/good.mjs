// "ready" says all that "open" says.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createReadStream } from "node:fs";

const file = createReadStream(new URL(import.meta.url));
await once(file, "ready");
assert.equal(file.pending, false);
file.destroy();
