// What must hold of a pool, whatever its users do.
import type { PoolStats } from "tailrace";
import { expect, vi } from "vitest";
import { turn } from "../deadline.ts";
import { same, Users } from "./users.ts";

export class World extends Users {
  /** At any moment. */
  check(): void {
    const [wrong] = this.faulty.wrong;
    if (wrong !== undefined) throw wrong;
    const { slots, waiting, abandoned, totals } = this.pool.stats;
    const counts = Object.values(slots);
    const sum = counts.reduce((one, other) => one + other);
    same("slots", sum, this.pool.max);
    same("negative counts", Math.min(...counts, waiting, abandoned) < 0, false);
    same("leases", totals.acquired - totals.released, slots.leased);
  }

  /** When nothing can go on by itself. */
  async settle(): Promise<PoolStats> {
    for (let nth = 0; nth < 3; nth++) await turn();
    this.check();
    const { stats } = this.pool;
    const { slots, waiting, totals } = stats;
    const infos = this.pool.slots();
    for (const state of Object.keys(slots) as (keyof typeof slots)[]) {
      same(state, infos.filter((info) => info.state === state).length, slots[state]);
    }
    const held = this.leases.filter(({ released }) => !released);
    same("waiting", [...this.calls].filter(({ waits }) => waits).length, waiting);
    same("leased", held.length, slots.leased);
    same("instances leased", new Set(held.map(({ value }) => value)).size, slots.leased);
    same("admitted", this.admissions.filter(({ over }) => !over).length, slots.admitted);
    if (this.options.concurrency === undefined) {
      // Each that was made and not ended is in one slot.
      same("alive", infos.filter(({ spawnedAt }) => spawnedAt !== undefined).length, this.faulty.alive);
    }
    // Nobody waits for what is there, or could be made.
    if (waiting > slots.checking) same("ready", slots.ready, 0);
    const { ready, checking, resetting, cleaning, preparing, spawning } = slots;
    const wanted = waiting + (this.isRefused ? 0 : this.pool.min);
    const supply = ready + checking + resetting + cleaning + preparing + spawning;
    if ((waiting > 0 || this.options.lazy !== true) && wanted > supply) same("empty", slots.empty, 0);
    for (const [type, count] of this.told) {
      const of = type === "timeout" ? "timeouts" : (type as keyof typeof totals);
      if (of in totals) same(type, count, totals[of]);
    }
    const latest = infos.find(({ retryAt }) => retryAt !== undefined && retryAt < performance.now() - 2);
    same("slots that rest for too long", latest, undefined);
    return stats;
  }

  /** All is well from now on: whoever waits is served, all instances come back, and then all are ended. */
  async end(): Promise<void> {
    for (let round = 0; round < 50 && (this.calls.size > 0 || this.faulty.hangs || round < 5); round++) {
      this.letGo();
      await this.settle();
      if (round % 2 === 1) vi.advanceTimersByTime(20);
    }
    expect([...this.calls].map(({ what }) => what)).toEqual([]);
    this.letGo();
    await this.settle();
    if (!this.isRefused) {
      for (let nth = 0; nth < this.pool.max; nth++) {
        this.want("all", true, 1, (wait) => this.pool.acquire(wait), this.take);
        await this.settle();
      }
      expect(this.pool.stats.slots.leased).toBe(this.pool.max);
    }
    this.letGo();
    this.close(20);
    for (let round = 0; round < 4; round++) {
      this.letGo();
      await this.settle();
    }
    same("closed", this.isClosed, true);
    const { slots, waiting, abandoned } = await this.settle();
    expect([slots.empty, waiting, abandoned]).toEqual([this.pool.max, 0, 0]);
    expect(this.faulty.made.filter(({ isEnded }) => !isEnded)).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  }

  /** Something went wrong: the next one is not to find anything of this one. */
  async abandon(): Promise<void> {
    this.close(0);
    for (let round = 0; round < 10; round++) {
      this.letGo();
      await turn();
      vi.advanceTimersByTime(100);
    }
  }
}
