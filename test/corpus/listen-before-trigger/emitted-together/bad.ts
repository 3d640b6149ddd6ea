// The session emits "ready" right after "authenticated", before the code that awaits the first goes on to listen.
// Ends: exit 13
// cf. nodejs/node#32431, nodejs/node#34220, nodejs/node#61572
import { EventEmitter, once } from "node:events";

class Session extends EventEmitter {
  open(): void {
    setImmediate(() => {
      this.emit("authenticated");
      this.emit("ready");
    });
  }
}

const session = new Session();
session.open();
await once(session, "authenticated");
await once(session, "ready"); // starves
