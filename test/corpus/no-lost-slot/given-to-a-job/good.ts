// Where the machine is not ready its place is free, and another one is hired.
import assert from "node:assert";

interface Machine {
  readonly ready: boolean;
}

const LIMIT = 2;
const done = Promise.withResolvers<boolean>();
const machines: Machine[] = [{ ready: false }];
const jobs: ((machine: Machine) => void)[] = [(machine) => done.resolve(machine.ready)];
let count = 2;

export function hire(): void {
  if (count >= LIMIT) return;
  count += 1;
  giveBack({ ready: true });
}

export function giveBack(machine: Machine): void {
  machines.push(machine);
  dispatch();
}

function dispatch(): void {
  const machine = machines.pop();
  if (!machine) return;
  const isReady = machine.ready;
  if (isReady) jobs.shift()?.(machine);
  else count -= 1;
}

dispatch();
hire();
assert.equal(await done.promise, true);
