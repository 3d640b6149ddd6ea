// Every turn writes to a stream of its own, once.
import assert from "node:assert";
import { Writable } from "node:stream";

async function* parts(): AsyncGenerator<string> {
  for (const part of ["a", "b", "c"]) yield Promise.resolve(part);
}

const ended: string[] = [];
for await (const part of parts()) {
  const file = new Writable({
    write(chunk, _encoding, done) {
      ended.push(String(chunk));
      done();
    },
  });
  file.write(part);
  file.end();
}
assert.deepEqual(ended, ["a", "b", "c"]);
