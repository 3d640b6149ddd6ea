export type { MVar } from "../mvar/mvar.ts";
export { DecodeError } from "./codec.ts";
export type { Codec, CodecName } from "./codec.ts";
export { follow } from "./lives.ts";
export { openSharedMVar, sharedMVar } from "./shared-mvar.ts";
export type { OpenSharedMVarOptions, SharedMVar, SharedMVarHandle, SharedMVarOptions } from "./shared-mvar.ts";
export type { SyncWaitOptions } from "./turns.ts";
export { openSharedSemaphore, sharedSemaphore } from "./shared-semaphore.ts";
export type {
  OpenSharedSemaphoreOptions,
  SharedSemaphore,
  SharedSemaphoreHandle,
  SharedSemaphoreOptions,
} from "./shared-semaphore.ts";
export { openSharedChannel, sharedChannel } from "./shared-channel.ts";
export type {
  OpenSharedChannelOptions,
  SharedChannel,
  SharedChannelHandle,
  SharedChannelOptions,
} from "./shared-channel.ts";
