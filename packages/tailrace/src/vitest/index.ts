import "./hang.ts";
import "./matchers.ts";

export type { ProgressMatchers } from "./matchers.ts";
