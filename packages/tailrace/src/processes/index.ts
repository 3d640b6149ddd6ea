export type { MVar } from "../mvar/mvar.ts";
export { NameError } from "./errors.ts";
export type { NameErrorKind } from "./errors.ts";
export { createMVar, openMVar } from "./mvar.ts";
export type { NamedMVar, NamedMVarOptions } from "./mvar.ts";
export type { OpenOptions } from "./open.ts";
export { createSemaphore, openSemaphore } from "./semaphore.ts";
export type { NamedPermit, NamedSemaphore, NamedSemaphoreOptions } from "./semaphore.ts";
