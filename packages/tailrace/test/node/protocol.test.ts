import { ProtocolError } from "tailrace/node";
import { describe, expect, test } from "vitest";
import { isNode } from "../child.ts";
import { errorOf, failureOf, noProcessIsLeft, rawPool } from "./pools.ts";

noProcessIsLeft();

describe.runIf(isNode)("a process that says what is no reply is ended, and the error quotes it:", () => {
  test.each([
    ["no JSON", "oops"],
    ["no object", "42"],
    ["no reply", '{"id":4}'],
    ["an error without a message", '{"id":4,"error":"oops"}'],
    ["an answer to what it was not asked", '{"id":77,"response":1}'],
    ["an answer of the wrong kind", '{"id":4,"healthy":true}'],
    ["that it is ready, once more", '{"ready":true}'],
  ])("%s", async (_, said) => {
    await using pool = rawPool();
    const pid = await pool.run(["pid"]);
    const error = await errorOf(pool.run(["raw", `${said}\n`])); // which it is asked as number 4
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error["line"]).toBe(said);
    expect(error.message).toMatch(/^process "process-pool-\d+\[1\]".* has (said|answered) what /u);
    expect(error.message.replaceAll("\\", "")).toContain(said);
    expect(await pool.run(["pid"])).not.toBe(pid);
  });

  test("a line that is too long", async () => {
    await using pool = rawPool({ maxLineLength: 100 });
    const error = await errorOf(pool.run(["raw", `${"x".repeat(200)}\n`]));
    expect(error).toMatchObject({ code: "TAILRACE_PROTOCOL", line: "x".repeat(100) });
    expect(error.message).toContain(`has said a line of more than 100 characters, which is its maxLineLength: "xxx`);
  });

  test("a line without an end", async () => {
    await using pool = rawPool({ maxLineLength: 100 });
    const error = await errorOf(pool.run(["raw", "y".repeat(200)]));
    expect(error).toMatchObject({ code: "TAILRACE_PROTOCOL", line: "y".repeat(100) });
  });

  test("before it is ready", async () => {
    const error = await failureOf(rawPool({ args: ["prints"], lazy: true }));
    expect(error).toMatchObject({ code: "TAILRACE_PROTOCOL", line: "welcome" });
  });
});

describe.runIf(isNode)("what a process prints is always read:", () => {
  test("megabytes on stderr, of which the last are kept", async () => {
    let heard = 0;
    await using pool = rawPool({ onStderr: (text) => (heard += text.length) });
    expect(await pool.run(["noise", 8192])).toBe("noisy");
    const { stderr } = await errorOf(pool.run(["exit", 1]));
    expect(heard).toBe(8192 * 1024 + "out of paper\n".length);
    expect(stderr).toHaveLength(4096);
    expect(stderr).toMatch(/x\nout of paper\n$/u);
  });

  test("also if nobody asks for it", async () => {
    await using pool = rawPool();
    expect(await pool.run(["noise", 8192])).toBe("noisy");
  });

  test("what follows the error", async () => {
    await using pool = rawPool({ maxLineLength: 100, killAfter: 60_000 });
    const lines = `${"z".repeat(1_000_000)}\n`.repeat(20);
    await expect(pool.run(["raw", lines])).rejects.toThrow(ProtocolError);
  });
});

test.runIf(isNode)("a request waits in this process until the one before was taken", async () => {
  await using pool = rawPool();
  const large = "v".repeat(1_000_000);
  await pool.use(async (process) => {
    const echoes = Array.from({ length: 30 }, (_, index) => process.run(["echo", `${index.toString()}${large}`]));
    for (const [index, echo] of (await Promise.all(echoes)).entries()) expect(echo).toBe(`${index.toString()}${large}`);
  });
});
