// A handful of short texts, counted out: less than any buffer holds.
import assert from "node:assert";
import { Writable } from "node:stream";

let size = 0;
const out = new Writable({
  write(chunk, _encoding, done) {
    size += chunk.length;
    done();
  },
});
for (let line = 0; line < 16; line += 1) out.write(render(line));
for (let line = 0; line < 200; line += 1) out.write(`line ${line}\n`);
for (const name of ["a", "b", "c"]) out.write(name);
for (const [name, value] of Object.entries({ host: "x", accept: "y" })) out.write(`${name}: ${value}\r\n`);
assert.ok(size > 0);

function render(line) {
  return `row ${line}\n`;
}
