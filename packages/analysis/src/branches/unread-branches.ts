import type { Resources } from "../resources/resources.ts";
import type { UnreadBranch } from "./branch.ts";
import { unreadClones } from "./clones.ts";
import { unreadPipes } from "./pipes.ts";
import { unreadTees } from "./tees.ts";

/** Waits for one branch of a source that was split, while another branch is unread. */
export function findUnreadBranches(resources: Resources): UnreadBranch[] {
  return [...unreadClones(resources), ...unreadTees(resources), ...unreadPipes(resources)];
}
