export { watch } from "./watch.ts";
export type { WatchOptions } from "./watch.ts";
