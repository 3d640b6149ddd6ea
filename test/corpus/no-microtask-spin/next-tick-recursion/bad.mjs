// Each call queues the next one before the event loop goes on: the file that would end it is never read.
// Ends: blocked
import { readFile } from "node:fs";

let text;
readFile(new URL(import.meta.url), "utf8", (error, content) => {
  if (!error) text = content;
});

function poll(done) {
  if (text !== undefined) return done(text.length);
  process.nextTick(poll, done); // starves
}
poll((length) => {
  process.exitCode = length > 0 ? 0 : 1;
});
