import { consumeBeforeProduce } from "./consume-before-produce.ts";

/** All rules by name. */
export const rules = {
  "consume-before-produce": consumeBeforeProduce,
} as const;
