import type { Party } from "../waits/context.ts";
import { enter, leave, WaitRecord } from "../waits/registry.ts";
import type { Description, Resource } from "../waits/registry.ts";
import type { Inflow } from "./source.ts";

/** What keeps a source from being read. */
export interface Obstacle {
  readonly remark: string;
  readonly sinks: readonly Party[];
}

type Step = IteratorResult<unknown, unknown>;

/** The source of a fan-out as something that is waited on: by the sinks, by the pump, and at the end. */
export class Intake implements Resource {
  readonly kind = "source";
  readonly name: string;
  /** Whether it has come to its end, well or badly: then there is nothing to close. */
  ended = false;
  /** The wait of the pump for the next item; it is the pump's to enter and to leave. */
  readonly pulling = new WaitRecord("pull", this);
  readonly #closing = new WaitRecord("close", this);
  readonly #inflow: Inflow<unknown>;
  readonly #obstacle: () => Obstacle | undefined;

  /** @param obstacle what keeps the source from being read now, if anything does */
  constructor(name: string, inflow: Inflow<unknown>, obstacle: () => Obstacle | undefined) {
    this.name = name;
    this.#inflow = inflow;
    this.#obstacle = obstacle;
  }

  pull(): Step | PromiseLike<Step> {
    return this.#inflow.pull();
  }

  /** Gives up what is left of the source; settles when that has cleaned up. */
  async close(): Promise<void> {
    if (this.ended) return;
    enter(this.#closing);
    try {
      await this.#inflow.close();
    } finally {
      leave(this.#closing);
    }
  }

  holders(operation: string): Iterable<Party> {
    return operation === "next" ? (this.#obstacle()?.sinks ?? []) : [];
  }

  describe(record: WaitRecord): Description {
    if (record === this.#closing) return { awaits: "it to close", remark: "its last pull may still be under way" };
    const obstacle = this.#obstacle();
    if (obstacle === undefined) return { awaits: "its next item", idle: true };
    return { awaits: "its next item", remark: obstacle.remark, idle: true };
  }
}
