// Where names are: a folder that belongs to one user and is open to nobody else. In it each process that keeps something
// has a socket, `4711-k3v9x2m1qz.sock`. A name that was chosen is a folder with one empty file in it, which is called as
// the socket is that has it. Such a folder can be moved to its place only if there is none, or an empty one, and no two
// sockets are called the same: so of several who want a name one gets it, and nobody can take the place of a dead one
// away from somebody who has just taken it.
import { randomBytes } from "node:crypto";
import { rmdirSync, unlinkSync } from "node:fs";
import { lstat, mkdir, readdir, rename, rm, rmdir, unlink, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { outOfRange, text } from "../arguments.ts";
import { ArgumentError } from "../errors.ts";
import { NameError } from "./errors.ts";

const isWindows = process.platform === "win32";

/** Bytes that the path of a socket may have. */
const LONGEST_PATH = process.platform === "linux" ? 107 : 103;

/** How often a name is tried for which dead processes and others who want it compete. */
const TRIES = 100;

const SOCKET = /^(\d+)-[\da-z]{10}\.sock$/u;

/** The name of something whose name was not chosen: its socket, and its number there. */
const GIVEN = /^(\d+-[\da-z]{10})\.\d+$/u;

const CHOSEN = /^[\w-]{1,64}$/u;

/** The folder that was given, or that of this user. */
export function folderOf(given: unknown): string {
  if (given !== undefined) return text("folder", given);
  const { XDG_RUNTIME_DIR } = process.env;
  if (XDG_RUNTIME_DIR !== undefined && XDG_RUNTIME_DIR !== "") return join(XDG_RUNTIME_DIR, "tailrace");
  return join(tmpdir(), isWindows ? "tailrace" : `tailrace-${String(process.getuid?.() ?? "")}`);
}

/** Makes the folder if it is not there. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/**
 * @throws {ArgumentError} if somebody else could have put something there
 * @throws an error with the code `ENOENT` if it is not there
 */
export async function checkFolder(folder: string): Promise<void> {
  const stats = await lstat(folder);
  if (!stats.isDirectory()) throw unusable(folder, "is not a folder");
  if (isWindows) return;
  const user = process.getuid?.();
  if (stats.uid !== user) throw unusable(folder, `belongs to user ${stats.uid.toString()}, not to ${String(user)}`);
  const mode = stats.mode & 0o777;
  if ((mode & 0o077) !== 0) throw unusable(folder, `is open to others (mode ${mode.toString(8)}, not 700)`);
}

function unusable(folder: string, why: string): ArgumentError {
  return new ArgumentError("RANGE", "folder", `folder: ${folder} ${why}, so that names in it cannot be trusted`);
}

/** A name for the socket of this process that no other ever has. */
export function newSocket(): string {
  const random = randomBytes(8).readBigUInt64BE().toString(36).slice(-10).padStart(10, "0");
  return `${process.pid.toString()}-${random}`;
}

/** @throws {ArgumentError} if the path is too long for a socket */
export function pathOf(folder: string, socket: string): string {
  if (isWindows) return `\\\\.\\pipe\\tailrace-${socket}`;
  const path = join(folder, `${socket}.sock`);
  const length = Buffer.byteLength(path);
  if (length <= LONGEST_PATH) return path;
  const [is, most] = [length.toString(), LONGEST_PATH.toString()];
  throw new ArgumentError(
    "RANGE",
    "folder",
    `folder: ${path} has ${is} bytes, and the path of a socket at most ${most}`,
  );
}

/** @throws {ArgumentError} if nothing can be called so */
export function checkChosen(name: unknown): string {
  const given = text("name", name);
  if (!CHOSEN.test(given)) throw outOfRange("name", given, "1 to 64 letters, digits, _ and -");
  return given;
}

/** The socket that has a name; undefined if none has. */
export async function socketOf(folder: string, name: unknown): Promise<string | undefined> {
  const given = text("name", name);
  const [, socket] = GIVEN.exec(given) ?? [];
  if (socket !== undefined) return socket;
  const [owner] = await ownersOf(folder, checkChosen(given));
  return owner;
}

/** Gives a socket a name that was chosen. */
export async function claim(folder: string, name: string, socket: string): Promise<void> {
  const made = join(folder, `${newSocket()}.new`);
  await mkdir(made, { mode: 0o700 });
  try {
    await writeFile(join(made, socket), "");
    const place = join(folder, name);
    for (let nth = 0; nth < TRIES; nth++) {
      if (await moves(made, place)) return;
      for (const owner of await ownersOf(folder, name)) {
        if (await isAlive(pathOf(folder, owner))) throw new NameError("TAKEN", taken(folder, name, owner));
        await unlink(join(place, owner)).catch(() => undefined);
      }
      await rmdir(place).catch(() => undefined); // it may not be empty any more
    }
    throw new NameError("TAKEN", `create ${JSON.stringify(name)}: many others want that name in ${folder}`);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

/** Takes such a name away. */
export function unclaim(folder: string, name: string, socket: string): void {
  try {
    unlinkSync(join(folder, name, socket));
    rmdirSync(join(folder, name));
  } catch {
    // Somebody else has it by now, or has cleared it away.
  }
}

/** Removes the sockets of processes that are not there any more. */
export async function sweep(folder: string): Promise<void> {
  if (isWindows) return;
  for (const file of await readdir(folder)) {
    const pid = SOCKET.exec(file)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    const path = join(folder, file);
    // Where processes do not see each other's numbers, a socket that answers is in use.
    if (!(await isAlive(path))) await unlink(path).catch(() => undefined);
  }
}

/** The process that a socket is called after. */
export function processOf(socket: string): string {
  return `process ${socket.slice(0, socket.indexOf("-"))}`;
}

async function ownersOf(folder: string, name: string): Promise<string[]> {
  const files = await readdir(join(folder, name)).catch((): string[] => []);
  return files.filter((file) => SOCKET.test(`${file}.sock`));
}

/** Moves a folder to a place where there is none, or an empty one. */
async function moves(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" || code === "ENOTEMPTY" || code === "EPERM" || code === "EACCES") return false;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Whether somebody listens at a socket. */
function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", ({ code }: NodeJS.ErrnoException) => {
      resolve(code !== "ECONNREFUSED" && code !== "ENOENT");
    });
  });
}

function taken(folder: string, name: string, owner: string): string {
  return `create ${JSON.stringify(name)}: ${processOf(owner)} has that name in ${folder}`;
}
