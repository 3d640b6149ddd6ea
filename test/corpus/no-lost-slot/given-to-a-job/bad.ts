// The machine is not returned but given to the job; where it is not ready, the job is queued again and the machine is lost.
// Ends: hang
interface Machine {
  readonly ready: boolean;
}

const LIMIT = 2;
const done = Promise.withResolvers<void>();
const machines: Machine[] = [{ ready: false }];
const jobs: ((machine: Machine) => void)[] = [() => done.resolve()];
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
  if (isReady) jobs.shift()?.(machine); // starves
}

setInterval(() => {}, 1_000);
dispatch();
hire();
await done.promise; // waits
