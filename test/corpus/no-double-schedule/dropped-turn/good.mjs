// Each place that is taken is waited for.
import assert from "node:assert";

const line = [];
const enter = () => new Promise((go) => line.push(go));
const next = () => line.shift()?.("passed");

const pass = async () => enter();

const passed = pass();
next();
assert.equal(await passed, "passed");
