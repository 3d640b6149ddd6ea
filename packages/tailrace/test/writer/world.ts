import { expect } from "vitest";
import { turn } from "../deadline.ts";
import { LONGEST, Users } from "./users.ts";

/** What must be true of a scheduler, whatever its users do. */
export class World extends Users {
  /** At any moment at which it does not run. */
  check(): void {
    this.scheduler.check();
    for (const failure of this.failures) throw failure;
    let pending = 0;
    for (const { sink, sources, stream } of this.clients) {
      if (sink.stats.state === "pending") pending++;
      for (const fault of stream.faults) throw new Error(fault);
      if (stream.corked !== 0) throw new Error("it was left corked");
      if (stream.writableLength > stream.writableHighWaterMark + LONGEST)
        throw new Error("more was written than it takes");
      for (const { lane } of sources) {
        const { queued, waiting } = lane.stats;
        if (queued > Math.max(lane.maxQueued, LONGEST)) throw new Error(`${queued.toString()} queued`);
        if (waiting > 0 && queued === 0) throw new Error("somebody waits for room, and nothing is queued");
      }
    }
    if (this.scheduler.stats.pending !== pending) throw new Error("another number is pending");
  }

  /** In the end all are read, and whatever was taken is written, and whoever waits waits no more. */
  async settle(): Promise<void> {
    for (const { stream } of this.clients) stream.stop();
    this.scheduler.configure({ interval: 0 });
    await this.#readAll();
    for (const { taken, isLost } of this.sources) if (!isLost) expect(taken.size).toBe(0);
    this.note(this.scheduler.close().catch(() => undefined));
    await this.#readAll();
    expect(this.scheduler.stats).toMatchObject({ sinks: 0, pending: 0 });
  }

  async #readAll(): Promise<void> {
    for (let round = 0; round < 1000 && (round === 0 || this.#hasMore()); round++) {
      for (const client of this.clients) {
        client.info = undefined;
        client.stream.goOn();
      }
      this.pass(10);
      await turn();
      this.check();
    }
    expect(this.waits.size).toBe(0);
  }

  /** It has failed: nothing of it may be left. */
  abandon(): void {
    for (const { sink } of this.clients) sink.abort();
  }

  #hasMore(): boolean {
    return this.waits.size > 0 || this.sources.some(({ taken, isLost }) => !isLost && taken.size > 0);
  }
}
