// createInterface() resumes its input when it is created; its lines arrive while the writes wait for room.
import { once } from "node:events";
import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";

const input = new PassThrough();
let lines = 0;
const reader = createInterface({ input }).on("line", () => (lines += 1));
const closed = once(reader, "close");
for (let block = 0; block < 30; block += 1) {
  if (!input.write("twelve chars\n".repeat(1000))) await once(input, "drain");
}
input.end();
await closed;
if (lines !== 30_000) throw new Error(`${lines}`);
