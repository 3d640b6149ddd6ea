export { explore, ScheduleError } from "./explore.ts";
export type { Exploration, ExploreOptions, Explored, Program, Step } from "./explore.ts";
export { assertProgress, ProgressError } from "./progress.ts";
export type { ProgressOptions } from "./progress.ts";
