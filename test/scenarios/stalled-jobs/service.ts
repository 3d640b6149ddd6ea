// Each program is one job of a service. A job that hangs does not end the process: only the watch tells of it.
import process from "node:process";
import { watch } from "tailrace/watch";

/** `broken`; `small`, which is the same with less to do; or `fixed`. */
export const form = process.argv[2];

/** Milliseconds. */
const STALL_AFTER = 200;

watch({ stallAfter: STALL_AFTER, callSites: false });

/** Does the job; ends with code 1 if the broken form has not done it when it should long have been told of. */
export async function serve(job: () => Promise<unknown>): Promise<void> {
  let looks = 0;
  // Counted, because a loaded machine makes the looks of the watch late as well.
  const service = setInterval(() => {
    if (form !== "broken" || ++looks < 5) return;
    console.log("hung");
    process.exit(1);
  }, STALL_AFTER);
  console.log(await job());
  clearInterval(service);
}
