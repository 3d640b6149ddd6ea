// A process that is killed can do nothing for its children any more. So a shell waits for its end, and then ends them:
// also those that do not look at their stdin, because they are stuck.
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import process from "node:process";

/** Reads the groups of processes that there are, until nobody can write any more. */
const SCRIPT = `
all=' '
while read -r sign pid; do
  case $sign in
    +) all="$all$pid " ;;
    -) all="\${all%% $pid *} \${all#* $pid }" ;;
  esac
done
[ "$all" = ' ' ] && exit
for pid in $all; do kill -s TERM -- "-$pid"; done
left=$1
while [ "$left" -gt 0 ]; do
  sleep 1
  left=$((left - 1))
  alive=
  for pid in $all; do kill -s 0 -- "-$pid" && alive="$alive $pid"; done
  [ "$alive" ] || exit
  all=$alive
done
for pid in $all; do kill -s KILL -- "-$pid"; done
`;

/** Ends groups of processes when this one ends, however that is. */
export interface Guard {
  add(pid: number): void;
  remove(pid: number): void;
  /** Settles when it is not there any more. */
  close(): Promise<void>;
}

/** @param killAfter milliseconds between SIGTERM and SIGKILL */
export function openGuard(killAfter: number): Guard | undefined {
  if (process.platform === "win32") return undefined;
  const seconds = Math.min(Math.ceil(killAfter / 1000), 1e9).toString();
  const shell = spawn("/bin/sh", ["-c", SCRIPT, "tailrace-guard", seconds], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  // Where there is no shell, those end that look at their stdin.
  shell.on("error", () => undefined).unref();
  if ((shell.stdin as unknown) === undefined) return undefined; // too many files are open
  const input = shell.stdin as typeof shell.stdin & Pick<Socket, "unref">;
  input.on("error", () => undefined);
  input.unref();
  return {
    add: (pid) => void input.write(`+ ${pid.toString()}\n`),
    remove: (pid) => void input.write(`- ${pid.toString()}\n`),
    async close() {
      const { pid, exitCode, signalCode } = shell;
      if (pid === undefined || exitCode !== null || signalCode !== null) return;
      shell.ref();
      input.end();
      await once(shell, "exit");
    },
  };
}
