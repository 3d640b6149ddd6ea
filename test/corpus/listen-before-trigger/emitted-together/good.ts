// Both promises are made first.
import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";

class Session extends EventEmitter {
  open(): void {
    setImmediate(() => {
      this.emit("authenticated");
      this.emit("ready", 1);
    });
  }
}

const session = new Session();
session.open();
const [, [id]] = await Promise.all([once(session, "authenticated"), once(session, "ready")]);
assert.equal(id, 1);
