import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import type { Socket } from "node:net";
import process from "node:process";
import type { Readable } from "node:stream";
import { place } from "../waits/report.ts";
import { ExitError, ProtocolError } from "./errors.ts";
import type { Guard } from "./guard.ts";
import { readLines, writeLines } from "./lines.ts";
import type { Link, LinkEvents } from "./link.ts";
import type { Listener } from "./listener.ts";
import { isReply, lineOf, LONGEST_QUOTE, SOCKET_VARIABLE } from "./messages.ts";

/** How a process is started. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string | URL | undefined;
  readonly env: Readonly<Record<string, string | undefined>> | undefined;
  readonly killAfter: number;
  readonly maxLineLength: number;
  readonly onStdout: ((text: string, pid: number) => void) | undefined;
  readonly onStderr: ((text: string, pid: number) => void) | undefined;
}

/** What is kept of stderr. */
const LONGEST_TAIL = 4096;

/** Milliseconds in which what a process has said arrives after its end, unless somebody else keeps its pipes. */
const LAST = 1000;

/** Where a group of processes can be ended together. */
const HAS_GROUPS = process.platform !== "win32";

/** @param listener where it connects, if it does not speak over stdin and stdout */
export function openProcess(
  name: string,
  command: Command,
  listener: Listener | undefined,
  guard: Guard | undefined,
  events: LinkEvents,
): Link {
  const env = { ...(command.env ?? process.env), [SOCKET_VARIABLE]: listener?.path };
  const { file, args, cwd, killAfter, maxLineLength, onStdout, onStderr } = command;
  const child = spawn(file, args, { cwd, env, detached: HAS_GROUPS, windowsHide: true, stdio: "pipe" });
  const pid = child.pid ?? 0;
  const where = child.pid === undefined ? place("process", name) : place("process", name, `pid ${pid.toString()}`);
  // They are sockets, which need not keep this process alive; the types know them as streams.
  const [stdin, stdout, stderr] = [child.stdin, child.stdout, child.stderr] as unknown as [Socket, Socket, Socket];
  const sockets = [stdin, stdout, stderr];
  let isHeld = true;
  let isEnding = false;
  let isClosed = false;
  let failure: Error | undefined;
  let tail = "";
  let write = writeLines((text, taken) => stdin.write(text, taken));
  let killing: NodeJS.Timeout | undefined;
  let closing: NodeJS.Timeout | undefined;

  if (child.pid !== undefined) guard?.add(pid);
  child.on("error", (error) => {
    failure ??= error;
  });
  // Node makes no pipes then, and tells why later.
  if ((child.stdin as unknown) === undefined) {
    throw new ExitError(`${where} could not be started: this process has too many files open`, {});
  }
  for (const socket of sockets) socket.on("error", fails);
  stderr.setEncoding("utf8").on("data", (text: string) => {
    tail = (tail + text).slice(-LONGEST_TAIL);
    onStderr?.(text, pid);
  });
  if (listener === undefined) hear(stdout);
  else {
    stdout.setEncoding("utf8").on("data", (text: string) => onStdout?.(text, pid));
    listener.onConnection((socket) => {
      sockets.push(socket.on("error", fails).on("close", close));
      if (!isHeld) socket.unref();
      write = writeLines((text, taken) => socket.write(text, taken));
      hear(socket);
    });
  }
  child.on("exit", () => {
    kill("SIGKILL"); // whatever it has left of its group
    closing = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, LAST);
  });
  child.on("close", close);

  /** Reads what it says. */
  function hear(input: Readable): void {
    input.on("end", end); // it cannot answer any more
    readLines(input, maxLineLength, (line, isCut) => {
      const reply = isCut ? undefined : parsed(line);
      if (isReply(reply)) {
        events.onReply(reply);
        return;
      }
      const quote = line.slice(0, LONGEST_QUOTE);
      const what = isCut
        ? `a line of more than ${maxLineLength.toString()} characters, which is its maxLineLength`
        : "what is no reply";
      events.onFault(new ProtocolError(`${where} has said ${what}: ${JSON.stringify(quote)}`, quote));
    });
  }

  function fails(error: Error): void {
    failure ??= error;
    end();
  }

  function hold(isWanted: boolean): void {
    isHeld = isWanted;
    for (const one of [child, ...sockets]) {
      if (isHeld) one.ref();
      else one.unref();
    }
  }

  function kill(name: NodeJS.Signals): void {
    if (child.pid === undefined) return;
    if (!HAS_GROUPS) child.kill(name);
    else {
      try {
        process.kill(-pid, name);
      } catch {
        // nothing is left of it
      }
    }
  }

  function end(): void {
    if (isEnding || hasEnded(child)) return;
    isEnding = true;
    kill("SIGTERM");
    if (killAfter !== Infinity) killing = setTimeout(kill, killAfter, "SIGKILL");
  }

  function close(): void {
    const isOpen = sockets.some(({ closed }) => !closed);
    if (isClosed || isOpen || (child.pid !== undefined && !hasEnded(child))) return;
    isClosed = true;
    clearTimeout(killing);
    clearTimeout(closing);
    if (child.pid !== undefined) guard?.remove(pid);
    const signal = child.signalCode;
    const exitCode = child.pid === undefined ? null : child.exitCode;
    const ended = signal === null ? `ended with code ${String(exitCode)}` : `was ended by ${signal}`;
    const how = child.pid === undefined ? `could not be started: ${String(failure?.message)}` : ended;
    const said = tail === "" ? "" : `; its stderr:\n${tail}`;
    const options = failure === undefined ? undefined : { cause: failure };
    events.onClosed(new ExitError(`${where} ${how}${said}`, { exitCode, signal, stderr: tail }, options));
  }

  return { pid: child.pid, send: (call) => void write(lineOf(call)), hold, end };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
