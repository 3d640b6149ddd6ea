import { inspect } from "node:util";
import { Worker } from "node:worker_threads";
import type { WorkerOptions } from "node:worker_threads";
import { place } from "../waits/report.ts";
import { ExitError, ProtocolError } from "./errors.ts";
import type { Exported } from "./exported.ts";
import type { Link, LinkEvents } from "./link.ts";
import { isReply, LONGEST_QUOTE } from "./messages.ts";

/** The build puts the code of that module here, as a `data:` URL: no bundler can lose that. */
const EXPORTED = new URL("./exported.ts", import.meta.url);

/** @param exported the function that it runs; else the module calls `serve` */
export function openWorker(
  name: string,
  module: URL,
  exported: Exported | undefined,
  options: WorkerOptions | undefined,
  { onReply, onFault, onClosed }: LinkEvents,
): Link {
  const where = place("worker", name);
  const worker = new Worker(exported === undefined ? module : EXPORTED, { name, ...options });
  let failure: unknown;
  if (exported !== undefined) worker.postMessage(exported);
  worker.on("message", (message: unknown) => {
    if (isReply(message)) {
      onReply(message);
      return;
    }
    const said = inspect(message).slice(0, LONGEST_QUOTE);
    onFault(new ProtocolError(`${where} has said what is no reply: ${said}`, said));
  });
  worker.on("messageerror", (error) => {
    onFault(new ProtocolError(`${where} has said what cannot be read`, "", { cause: error }));
  });
  worker.on("error", (error: unknown) => {
    failure = error;
  });
  worker.on("exit", (exitCode) => {
    const why = failure === undefined ? "" : `: ${failure instanceof Error ? failure.message : inspect(failure)}`;
    const cause = failure === undefined ? undefined : { cause: failure };
    onClosed(new ExitError(`${where} ended with code ${exitCode.toString()}${why}`, { exitCode }, cause));
  });
  return {
    pid: undefined,
    send(call, transferList) {
      worker.postMessage(call, transferList);
    },
    hold(isHeld) {
      if (isHeld) worker.ref();
      else worker.unref();
    },
    end: () => void worker.terminate(),
  };
}
