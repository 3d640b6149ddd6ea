/** Microseconds of this thread that the work takes: the time of other programs on the machine is not in it. */
export async function used(work: () => Promise<unknown>): Promise<number> {
  const before = usage();
  await work();
  return Math.max(1, usage() - before); // not 0, however short the work is
}

const cell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

function usage(): number {
  Atomics.wait(cell, 0, 0, 0.1); // Linux counts some milliseconds at a time, and exactly where a thread rests
  const { user, system } = process.threadCpuUsage();
  return user + system;
}
