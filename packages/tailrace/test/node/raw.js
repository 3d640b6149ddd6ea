// A program that speaks the protocol of a pool by itself, as one in any language can. What it does with a request is the
// first word of it.
import { spawn } from "node:child_process";
import { connect } from "node:net";
import process from "node:process";
import { createInterface } from "node:readline";

const [, file, ...words] = process.argv;
const write = (text) => new Promise((resolve) => process.stdout.write(text, resolve));
const say = (message) => write(`${JSON.stringify(message)}\n`);
const forever = () => {
  for (;;);
};

/** Tells somebody that it lives, until it does not. */
const live = (path) => new Promise((resolve) => connect(path, resolve));

const acts = {
  pid: () => process.pid,
  echo: (value) => value ?? null,
  count: async (many, id) => {
    for (let output = 1; output <= many; output++) await say({ id, output });
    return "counted";
  },
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms, process.pid)),
  hang: async (_, id) => {
    await say({ id, output: "hangs" });
    return new Promise(() => undefined);
  },
  live: async (path) => {
    await live(path);
    return new Promise(() => undefined);
  },
  stuck: async (path) => {
    await live(path);
    forever();
  },
  stubborn: async (path) => {
    process.on("SIGTERM", () => undefined);
    await live(path);
    forever();
  },
  family: async (path) => {
    spawn(process.execPath, [file, "lives", path], { stdio: "inherit" });
    return new Promise(() => undefined);
  },
  exit: (code) => {
    process.stderr.write("out of paper\n", () => process.exit(code));
    return new Promise(() => undefined);
  },
  die: (signal) => {
    process.kill(process.pid, signal);
    return new Promise(() => undefined);
  },
  noise: async (many) => {
    const line = `${"x".repeat(1023)}\n`;
    for (let count = 0; count < many; count++) process.stderr.write(line);
    return "noisy";
  },
  raw: async (text) => {
    await write(text);
    return new Promise(() => undefined);
  },
  later: () => {
    setTimeout(() => process.exit(7), 10);
    return process.pid;
  },
  block: () => {
    setImmediate(forever);
    return process.pid;
  },
};

async function answer({ id, request, health }) {
  if (health) return say({ id, healthy: true });
  const [act, given] = request;
  try {
    return await say({ id, response: await acts[act](given, id) });
  } catch ({ name, message, stack }) {
    return say({ id, error: { name, message, stack, cause: "as it is" } });
  }
}

if (words[0] === "lives") await live(words[1]);
else if (words[0] === "exits") {
  process.stderr.write("no licence\n", () => process.exit(2));
} else if (words[0] === "silent") setInterval(() => undefined, 1000);
else {
  if (words[0] === "prints") await write("welcome\n");
  createInterface({ input: process.stdin }).on("line", (line) => void answer(JSON.parse(line)));
  await say({ ready: true });
}
