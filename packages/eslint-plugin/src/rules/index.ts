import { consumeBody } from "./consume-body.ts";
import { alwaysRelease } from "./always-release.ts";
import { consumeBeforeProduce } from "./consume-before-produce.ts";
import { listenBeforeTrigger } from "./listen-before-trigger.ts";
import { noUnreadBranch } from "./no-unread-branch.ts";
import { noUnreadOutput } from "./no-unread-output.ts";
import { noDoubleSchedule } from "./no-double-schedule.ts";
import { noDrainOnlyWait } from "./no-drain-only-wait.ts";
import { noHeadersOnlyDeadline } from "./no-headers-only-deadline.ts";
import { noMicrotaskSpin } from "./no-microtask-spin.ts";
import { noNestedPermit } from "./no-nested-permit.ts";
import { noLostSlot } from "./no-lost-slot.ts";
import { noPollSleep } from "./no-poll-sleep.ts";
import { noRaceInLoop } from "./no-race-in-loop.ts";
import { noStackedDrain } from "./no-stacked-drain.ts";
import { noSyncWait } from "./no-sync-wait.ts";
import { recheckAfterWake } from "./recheck-after-wake.ts";
import { respectBackpressure } from "./respect-backpressure.ts";

/** All rules by name. */
export const rules = {
  "always-release": alwaysRelease,
  "consume-body": consumeBody,
  "consume-before-produce": consumeBeforeProduce,
  "listen-before-trigger": listenBeforeTrigger,
  "no-unread-branch": noUnreadBranch,
  "no-unread-output": noUnreadOutput,
  "no-double-schedule": noDoubleSchedule,
  "no-drain-only-wait": noDrainOnlyWait,
  "no-headers-only-deadline": noHeadersOnlyDeadline,
  "no-microtask-spin": noMicrotaskSpin,
  "no-nested-permit": noNestedPermit,
  "no-lost-slot": noLostSlot,
  "no-poll-sleep": noPollSleep,
  "no-race-in-loop": noRaceInLoop,
  "no-stacked-drain": noStackedDrain,
  "no-sync-wait": noSyncWait,
  "recheck-after-wake": recheckAfterWake,
  "respect-backpressure": respectBackpressure,
} as const;
