// The other end of the pool: plain JavaScript, because not every runtime reads TypeScript.
import { parse, stringify } from "flatted";
import { init, runBaseTests, setupEnvironment } from "vitest/worker";

const send = process.send?.bind(process);
if (send === undefined) throw new Error("to be started by the pool");

init({
  post: (message) => send(message),
  on: (listener) => process.on("message", listener),
  off: (listener) => process.off("message", listener),
  serialize: stringify,
  deserialize: parse,
  setup: setupEnvironment,
  runTests: (state, traces) => runBaseTests("run", state, traces),
  collectTests: (state, traces) => runBaseTests("collect", state, traces),
});
process.on("disconnect", () => process.exit(1));
