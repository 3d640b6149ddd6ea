export { ioredisPool } from "./ioredis.ts";
export type { IoredisClient } from "./ioredis.ts";
export type { ClientPoolOptions, Emits } from "./client.ts";
export { pgPool } from "./pg.ts";
export type { PgClient } from "./pg.ts";
export { redisPool } from "./redis.ts";
export type { RedisClient } from "./redis.ts";
export { tcpInfo } from "./tcp-info.ts";
export type { Koffi } from "./tcp-info.ts";
