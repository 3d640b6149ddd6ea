export { watchLoop } from "./loop.ts";
export type { WatchLoopOptions } from "./loop.ts";
export { watch } from "./watch.ts";
export type { WatchOptions } from "./watch.ts";
