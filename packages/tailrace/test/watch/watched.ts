import { isNode, readsSources, runChild } from "../child.ts";
import type { Ended } from "../child.ts";

/** The programs import the sources, and they are run by the command line of Node. */
export const isPossible: boolean = isNode && readsSources;

/** Runs a module under the watch, in a process of its own, as a user does. */
export function runWatched(program: string): Promise<Ended> {
  const given = ["--conditions=tailrace-source", "--import=tailrace/watch", "--disable-warning=ExperimentalWarning"];
  return runChild([...given, "--input-type=module", "--eval", program], import.meta.dirname);
}
