// Most errors are taken for a server that is not up yet; any other one is thrown.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

const answers = [{ code: "ECONNREFUSED" }, { code: "EACCES" }];

async function dial() {
  throw Object.assign(new Error("not connected"), answers.shift());
}

async function connected() {
  for (;;) {
    try {
      return await dial();
    } catch (error) {
      if (error.code !== "ECONNREFUSED") throw error;
      await sleep(5);
    }
  }
}

await assert.rejects(connected(), { code: "EACCES" });
