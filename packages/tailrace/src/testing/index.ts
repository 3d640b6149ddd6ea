export { explore, ScheduleError } from "./explore.ts";
export type { Exploration, ExploreOptions, Explored, Program, Step } from "./explore.ts";
