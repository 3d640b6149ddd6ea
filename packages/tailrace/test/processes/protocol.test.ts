// Whoever talks to a broker without being a client of it harms nobody but itself.
import { once } from "node:events";
import { createConnection, createServer } from "node:net";
import type { Socket } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { Readable } from "node:stream";
import { createMVar, openMVar } from "tailrace/processes";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { encode, FrameReader } from "../../src/processes/frames.ts";
import { bytesOf, greeting, NOTHING, textOf } from "../../src/processes/messages.ts";
import type { Message } from "../../src/processes/messages.ts";
import { isNode } from "../child.ts";
import { within } from "../deadline.ts";
import { errorOf } from "../node/pools.ts";
import { elsewhere, ownFolder } from "./parties.ts";

const folder = ownFolder();

const warnings: Error[] = [];
const heard = (warning: Error): void => void warnings.push(warning);
beforeEach(() => {
  warnings.length = 0;
  process.on("warning", heard);
});
afterEach(() => {
  process.off("warning", heard);
});

const message = (type: Message["type"], given: Partial<Message> = {}): Buffer =>
  encode({ type, thing: 0, id: 0, payload: NOTHING, ...given });

const HELLO = message("hello", { payload: greeting(4711) });

/** What is at the other end of a socket of the broker. */
async function connect(name: string): Promise<Socket> {
  const socket = createConnection(join(folder(), `${name.slice(0, name.indexOf("."))}.sock`));
  await once(socket, "connect");
  return socket;
}

/** What the broker has said when it closes the connection. */
async function lastWords(socket: Socket): Promise<string> {
  const reader = new FrameReader(1e6);
  const messages: Message[] = [];
  socket.on("data", (piece) => messages.push(...reader.read(piece)));
  socket.on("error", () => undefined);
  await within(once(socket, "close"));
  const last = messages.at(-1);
  return last?.type === "fault" ? textOf(last.payload) : String(last?.type);
}

const open = (name: string): Buffer => message("open", { id: 1, payload: bytesOf(`mvar ${name}`) });

describe.runIf(isNode)("a broker closes a connection and says why, and the others go on, if it gets", () => {
  test.each<[string, (name: string) => readonly Buffer[], string]>([
    ["text", () => [Buffer.from("GET / HTTP/1.1\r\n\r\n")], "somebody has sent bytes that are no message, or one of "],
    ["zeros", () => [Buffer.alloc(64)], "somebody has sent bytes that are no message"],
    ["another version", () => [message("hello", { payload: bytesOf("tailrace 2 process 1") })], "no greeting of this"],
    ["requests before the greeting", (name) => [open(name)], "no greeting of this version"],
    ["an unknown type", () => [HELLO, Buffer.from([0, 0, 0, 9, 200, 0, 0, 0, 0, 0, 0, 0, 0])], "unknown type 200"],
    ["what it says itself", (name) => [HELLO, open(name), message("value", { thing: 1 })], "a message of type value"],
    ["a request to a semaphore", (name) => [HELLO, open(name), message("acquire", { thing: 1 })], "of type acquire"],
    ["a request about what is not open", () => [HELLO, message("take", { thing: 1 })], "what it has not opened"],
    ["the end of no loan", (name) => [HELLO, open(name), message("keep", { thing: 1, id: 7 })], "that there is not"],
    [
      "a value that is too large",
      (name) => [HELLO, open(name), message("put", { thing: 1, payload: Buffer.alloc(2000) })],
      "one of 2,000 bytes where 1,024 are the most",
    ],
  ])("%s", async (_, said, why) => {
    await using jobs = await createMVar<string>({ folder: folder(), maxBytes: 1024 });
    const there = await (await elsewhere()).openMVar<string>(jobs.name, { folder: folder() });
    const taken = there.take();
    const socket = await connect(jobs.name);
    const words = lastWords(socket);
    socket.write(Buffer.concat(said(jobs.name)));
    expect(await words).toContain(why);
    expect(warnings).toMatchObject([{ name: "TailraceWarning", code: "TAILRACE_PEER" }]);
    expect(warnings[0]?.message).toContain(`a connection was closed: `);
    await jobs.put("value");
    expect(await within(taken)).toBe("value");
    await there.close();
  });

  test("half a message, and then the end", async () => {
    await using jobs = await createMVar<string>({ folder: folder() });
    const socket = await connect(jobs.name);
    socket.resume();
    socket.write(HELLO);
    socket.end(open(jobs.name).subarray(0, 7));
    await within(once(socket, "close"));
    expect(await jobs.tryPut("value")).toBe(true);
  });
});

describe.runIf(isNode)("a message", () => {
  test("arrives whole, in however many pieces", async () => {
    await using jobs = await createMVar<string>({ folder: folder(), value: "x".repeat(1000) });
    const socket = await connect(jobs.name);
    const reader = new FrameReader(1e6);
    const types: string[] = [];
    const bytes = Buffer.concat([HELLO, open(jobs.name), message("read", { thing: 1, id: 2 })]);
    Readable.from(Array.from(bytes, (byte) => Buffer.of(byte))).pipe(socket, { end: false });
    await within(
      new Promise<void>((resolve) => {
        socket.on("data", (piece) => {
          for (let at = 0; at < piece.length; at += 3) {
            for (const { type } of reader.read(piece.subarray(at, at + 3))) types.push(type);
          }
          if (types.length === 3) resolve();
        });
      }),
    );
    expect(types).toEqual(["welcome", "opened", "value"]);
    const closed = once(socket, "close");
    socket.end();
    await closed;
  });

  test("that cannot be decoded is a value that is lost, which is told", async () => {
    await using jobs = await createMVar<string>({ folder: folder() });
    const socket = await connect(jobs.name);
    const closed = once(socket.resume(), "close");
    const put = { thing: 1, id: 2, payload: Buffer.from("garbage") };
    socket.write(Buffer.concat([HELLO, open(jobs.name), message("put", put)]));
    const error = await errorOf(jobs.take());
    expect(error).toMatchObject({ code: "TAILRACE_VALUE_LOST" });
    expect(error.message).toContain("a value of 7 bytes was taken");
    expect(await jobs.isEmpty()).toBe(true);
    socket.end();
    await closed;
  });
});

describe.runIf(isNode)("a socket that is none of a broker", () => {
  test.each([
    ["says what is no message", Buffer.from("SSH-2.0-OpenSSH\r\n"), "has sent bytes that are no message"],
    [
      "speaks another version",
      message("welcome", { payload: bytesOf("tailrace 2 process 1") }),
      "speaks another version",
    ],
    ["refuses to talk", message("fault", { payload: bytesOf("process 1 is ill") }), "says that process 1 is ill"],
  ])("is refused if it %s", async (_, said, why) => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined).resume();
      socket.write(said);
    });
    server.listen(join(folder(), "4711-abcdefghij.sock"));
    await once(server, "listening");
    const error = await errorOf(openMVar("4711-abcdefghij.1", { folder: folder() }));
    expect(error).toMatchObject({ code: "TAILRACE_NAME_REFUSED" });
    expect(error.message).toContain(`process 4711 ${why}`);
    server.close();
    await once(server, "close");
  });

  test("is waited for only so long", async () => {
    const server = createServer((socket) => socket.on("error", () => undefined).resume());
    server.listen(join(folder(), "4711-abcdefghij.sock"));
    await once(server, "listening");
    const opening = openMVar("4711-abcdefghij.1", { folder: folder(), timeout: 30 });
    expect((await errorOf(opening)).message).toBe(
      'open on mvar "4711-abcdefghij.1" waited 30 ms for who has that name',
    );
    const aborted = openMVar("4711-abcdefghij.1", { folder: folder(), signal: AbortSignal.abort(new Error("no")) });
    expect((await errorOf(aborted)).message).toBe("no");
    expect(await errorOf(openMVar("4711-abcdefghij.1", { folder: folder() }))).toMatchObject({
      code: "TAILRACE_NAME_REFUSED",
      message: expect.stringContaining("process 4711 does not answer") as string,
    });
    server.close();
    await once(server, "close");
  });
});
