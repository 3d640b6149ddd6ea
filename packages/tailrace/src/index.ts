export { broadcast } from "./channel/broadcast.ts";
export type { Broadcast, BroadcastOptions, SubscribeOptions } from "./channel/broadcast.ts";
export type { Subscription } from "./channel/subscription.ts";
export { EMPTY } from "./channel/empty.ts";
export { channel } from "./channel/channel.ts";
export type { BatchOptions, Channel, ChannelOptions, Overflow } from "./channel/channel.ts";
export { after, receiveFrom, select, sendTo } from "./channel/select.ts";
export type { Case, Selected } from "./channel/select.ts";
export type { Sender } from "./channel/sender.ts";
export type { WaitOptions } from "./waits/limits.ts";
export {
  ArgumentError,
  ChannelClosedError,
  ChannelFullError,
  EarlyExitError,
  NotReadyError,
  ScopeEndedError,
  SlowSinkError,
  StarvationError,
  TailraceError,
  TimeoutError,
  UnpolledSinkError,
} from "./errors.ts";
export type { PoolPublished, Stall, TailraceEvents, TaskBegin, TaskEnd, WaitBegin, WaitEnd, WriterPublished } from "./waits/events.ts";
export { inspect } from "./waits/inspect.ts";
export type { Snapshot, Wait } from "./waits/inspect.ts";
export { report } from "./waits/report.ts";
export { waiting } from "./waits/waiting.ts";
export type { WaitingOptions } from "./waits/waiting.ts";
export { limit, limitFunction } from "./limit/limit.ts";
export { rate } from "./limit/rate.ts";
export type { Rate, RateOptions } from "./limit/rate.ts";
export type { CallOptions, Limit, LimitedCall, LimitOptions } from "./limit/limit.ts";
export { OwnerDiedError } from "./mvar/errors.ts";
export { mvar } from "./mvar/local.ts";
export type { MVarOptions } from "./mvar/local.ts";
export type { MVar } from "./mvar/mvar.ts";
export { LeaseLeakedError, LeaseReleasedError, PoolClosedError, PoolFullError } from "./pool/errors.ts";
export { pool } from "./pool/pool.ts";
export type { CloseOptions, Pool, PoolStats, SlotInfo } from "./pool/pool.ts";
export type { Admission } from "./pool/admission.ts";
export type { Ending, PoolEvent } from "./pool/events.ts";
export type { Lease } from "./pool/lease.ts";
export type { PoolOptions, TerminateContext } from "./pool/options.ts";
export type { PoolTotals } from "./pool/reports.ts";
export type { SelfTest } from "./pool/self-test.ts";
export type { SlotState } from "./pool/slot.ts";
export type { Step, StepContext } from "./pool/step.ts";
export { all, allSettled, any, race } from "./scope/combine.ts";
export type { Job } from "./scope/combine.ts";
export { openScope, scope } from "./scope/scope.ts";
export type { OpenScope, Scope, ScopeOptions, SpawnOptions } from "./scope/scope.ts";
export type { StartContext } from "./scope/start.ts";
export type { Task, TaskContext, TaskStatus } from "./scope/task.ts";
export { drive } from "./fan/drive.ts";
export type { Collected, Driven, DriveOptions, JobResult } from "./fan/drive.ts";
export type { Source, WebReadable } from "./fan/source.ts";
export { fanOut } from "./fan/fan-out.ts";
export type { FanOut, FanOutOptions, Routed, SinkResults, Sinks } from "./fan/fan-out.ts";
export { fanIn } from "./fan/fan-in.ts";
export type { FanInOptions, FanInSource, Merged, MergedItem, SourceReport } from "./fan/fan-in.ts";
export { splitBy } from "./fan/split.ts";
export { mapConcurrent } from "./fan/map.ts";
export type { Mapped, MapOptions, MapTask } from "./fan/map.ts";
export type { FixedRoute, RouteFunction, SinkKey } from "./fan/route.ts";
export type { Sink, SinkFunction, SinkOptions, SinkReport, SinkResult, SinkStatus, SlowPolicy } from "./fan/sink.ts";
export type { NodeStream } from "./fan/source.ts";
export type { NodeWritable, WebWritable, WritableLane } from "./fan/write.ts";
export { LaneClosedError } from "./writer/errors.ts";
export type { WriterEvent } from "./writer/events.ts";
export type { TcpInfo } from "./writer/kernel.ts";
export type { Lane, LaneOptions, LaneStats } from "./writer/lane.ts";
export type { WriteTarget } from "./writer/outlet.ts";
export type { NodeStreamSink } from "./writer/outlets/node.ts";
export type { WebSocketLike } from "./writer/outlets/web-socket.ts";
export { deficitRoundRobin } from "./writer/policies/deficit.ts";
export type { DeficitOptions } from "./writer/policies/deficit.ts";
export { ewma } from "./writer/policies/ewma.ts";
export type { EwmaOptions } from "./writer/policies/ewma.ts";
export { strictPriority } from "./writer/policies/priority.ts";
export type { PriorityOptions } from "./writer/policies/priority.ts";
export { roundRobin } from "./writer/policies/round-robin.ts";
export type { Account, Member, Policy } from "./writer/policy.ts";
export { writeScheduler } from "./writer/scheduler.ts";
export type {
  WriteScheduler,
  WriteSchedulerOptions,
  WriteSchedulerSettings,
  WriteSchedulerStats,
} from "./writer/scheduler.ts";
export type { LimitName, WriteSink, WriteSinkOptions, WriteSinkStats } from "./writer/sink.ts";
export type { SinkState } from "./writer/states.ts";
