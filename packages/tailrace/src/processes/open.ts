// How handles come about: of what this process makes, and of what others have made.
import { text } from "../arguments.ts";
import { startLimits } from "../waits/limits.ts";
import type { WaitOptions } from "../waits/limits.ts";
import type { Resource } from "../waits/registry.ts";
import { place } from "../waits/report.ts";
import { Waiter, WaiterQueue } from "../waits/waiter.ts";
import { linkTo } from "./connection.ts";
import { NameError } from "./errors.ts";
import { checkChosen, checkFolder, folderOf, pathOf, socketOf } from "./folder.ts";
import { Handle } from "./handle.ts";
import { homeIn, keepIn } from "./home.ts";
import type { Link } from "./link.ts";
import type { Thing } from "./peer.ts";

/** Where names are looked up, and how long that may take. */
export interface OpenOptions extends WaitOptions {
  /** The folder in which it was made. Default: that of this user. */
  readonly folder?: string | undefined;
}

export async function make(thing: Thing, name: unknown, folder: unknown): Promise<Handle> {
  const place = folderOf(folder);
  const chosen = name === undefined ? undefined : checkChosen(name);
  const [home, kept] = await keepIn(place, thing, chosen);
  return await new Handle(thing.kind, kept, home.link).open(place);
}

export async function open(kind: Thing["kind"], name: unknown, options: Partial<OpenOptions>): Promise<Handle> {
  const { timeout } = startLimits(options);
  const given = text("name", name);
  const folder = folderOf(options.folder);
  const began = performance.now();
  const link = await find(kind, given, folder, options);
  try {
    const left = timeout === Infinity ? undefined : Math.max(0, timeout - (performance.now() - began));
    return await new Handle(kind, given, link).open(folder, { signal: options.signal, timeout: left });
  } finally {
    link.leave();
  }
}

/** What connects this process with who has the name. It is used, and has to be left. */
function find(kind: Thing["kind"], name: string, folder: string, wait: WaitOptions): Promise<Link> {
  const resource: Resource = { kind, name, describe: () => ({ awaits: "who has that name" }) };
  const waiter = new Waiter<Link>("open", resource);
  const waiters = new WaiterQueue<Waiter<Link>>();
  waiters.add(waiter);
  waiter.limit(startLimits(wait));
  lookUp(name, folder).then(
    (link) => {
      if (waiters.size === 0) link.leave();
      else waiter.resolve(link);
    },
    (error: unknown) => {
      if (waiters.size > 0) waiter.abandon(asGone(error, kind, name, folder));
    },
  );
  return waiter.promise;
}

async function lookUp(name: string, folder: string): Promise<Link> {
  const socket = await socketOf(folder, name);
  if (socket === undefined) throw new NameError("GONE", "nobody has that name");
  await checkFolder(folder);
  const home = await homeIn(folder);
  const link = home?.socket === socket ? home.link : await linkTo(pathOf(folder, socket), socket);
  link.use();
  return link;
}

function asGone(error: unknown, kind: string, name: string, folder: string): unknown {
  const what = `open ${place(kind, name)} in ${folder}`;
  if (error instanceof NameError) return new NameError(error.kind, `${what}: ${error.message}`, { cause: error });
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" ? new NameError("GONE", `${what}: there is no such folder`, { cause: error }) : error;
}
