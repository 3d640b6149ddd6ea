// Each turn adds a listener to both emitters, and only that of the winner goes away.
// Ends: exit 1
// Fails: listeners of past turns still listen
// cf. getsentry/cli#989
import { EventEmitter, once } from "node:events";

const data = new EventEmitter().setMaxListeners(0);
const control = new EventEmitter().setMaxListeners(0);
let turns = 0;
while (turns < 50) {
  setImmediate(() => data.emit("chunk", turns));
  await Promise.race([once(data, "chunk"), once(control, "pause")]); // starves
  turns += 1;
}
if (control.listenerCount("pause") > 1) throw new Error("listeners of past turns still listen");
