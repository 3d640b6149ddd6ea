export { ExecutionKilledError, ExitError, ProtocolError, RemoteError } from "./errors.ts";
export type { ExecutionPool, Executor, RunOptions } from "./executor.ts";
export type { ExecutionPoolOptions } from "./execution-pool.ts";
export { processPool } from "./process-pool.ts";
export type { ProcessPoolOptions } from "./process-pool.ts";
export { serve } from "./serve.ts";
export type { ServeContext } from "./serve.ts";
export { workerPool } from "./worker-pool.ts";
export type { WorkerPoolOptions } from "./worker-pool.ts";
