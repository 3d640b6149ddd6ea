// An immediate comes after input and output, which have their turn in between.
import assert from "node:assert";
import { readFile } from "node:fs";

let text;
readFile(new URL(import.meta.url), "utf8", (error, content) => {
  if (!error) text = content;
});

function poll(done) {
  if (text !== undefined) return done(text.length);
  setImmediate(poll, done);
}
poll((length) => {
  assert.ok(length > 0);
});
