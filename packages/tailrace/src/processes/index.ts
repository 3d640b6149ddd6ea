export type { MVar } from "../mvar/mvar.ts";
