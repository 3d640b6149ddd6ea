import { consumeBeforeProduce } from "./consume-before-produce.ts";
import { noDrainOnlyWait } from "./no-drain-only-wait.ts";
import { noStackedDrain } from "./no-stacked-drain.ts";
import { respectBackpressure } from "./respect-backpressure.ts";

/** All rules by name. */
export const rules = {
  "consume-before-produce": consumeBeforeProduce,
  "no-drain-only-wait": noDrainOnlyWait,
  "no-stacked-drain": noStackedDrain,
  "respect-backpressure": respectBackpressure,
} as const;
