// Both are listened to once, and a signal takes the listeners away at the end of the turn.
import { EventEmitter, once } from "node:events";

const data = new EventEmitter();
const control = new EventEmitter();
let turns = 0;
while (turns < 50) {
  const over = new AbortController();
  const { signal } = over;
  setImmediate(() => data.emit("chunk", turns));
  const paused = once(control, "pause", { signal }).catch(() => undefined);
  await Promise.race([once(data, "chunk", { signal }), paused]);
  over.abort();
  turns += 1;
}
if (control.listenerCount("pause") > 1) throw new Error(String(control.listenerCount("pause")));
