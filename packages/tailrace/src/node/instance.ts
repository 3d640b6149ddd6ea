import { inspect } from "node:util";
import type { Transferable } from "node:worker_threads";
import { rejected } from "../promises.ts";
import type { StepContext } from "../pool/step.ts";
import type { Limits } from "../waits/limits.ts";
import type { Description, Resource, WaitRecord } from "../waits/registry.ts";
import { place } from "../waits/report.ts";
import { Waiter, WaiterQueue } from "../waits/waiter.ts";
import { ExitError, ProtocolError } from "./errors.ts";
import type { Executions } from "./executions.ts";
import type { Executor, RunOptions } from "./executor.ts";
import type { Link, LinkEvents } from "./link.ts";
import { errorOf, LONGEST_QUOTE } from "./messages.ts";
import type { Call, Reply } from "./messages.ts";

const AWAITS: Readonly<Record<string, string>> = {
  start: "it to be ready",
  check: "a sign of life",
  run: "its response",
};

const UNLIMITED: Limits = { signal: undefined, timeout: Infinity };

/** What an instance was asked, and has not answered. */
class Pending extends Waiter<unknown> {
  readonly id: number;
  declare readonly resource: Asked;
  readonly onOutput: ((output: never) => void) | undefined;

  constructor(operation: string, id: number, instance: Asked, onOutput?: (output: never) => void) {
    super(operation, instance);
    this.id = id;
    this.onOutput = onOutput;
  }

  /** Whoever waits gives up: there is no other way to end what runs for them. */
  override abandon(reason: unknown): void {
    this.fail(reason);
    void this.resource.end(reason);
  }

  fail(error: unknown): void {
    super.abandon(error);
  }
}

interface Asked extends Resource {
  end(reason: unknown): Promise<void>;
}

/** A process or a thread, and what it was asked. It is of use from when it is ready until something ends it. */
export class Instance<Request, Response, Output> implements Executor<Request, Response, Output>, Asked {
  readonly kind: "process" | "worker";
  readonly name: string;
  readonly #executions: Executions;
  readonly #lost: StepContext["lost"];
  readonly #pending: WaiterQueue<Pending> = new WaiterQueue<Pending>();
  readonly #closed: Promise<void>;
  #onClosed!: () => void;
  #link!: Link;
  #ids = 0;
  /** Why it is of no use any more. */
  #end: { readonly reason: unknown } | undefined;

  constructor(kind: "process" | "worker", name: string, executions: Executions, lost: StepContext["lost"]) {
    this.kind = kind;
    this.name = name;
    this.#executions = executions;
    this.#lost = lost;
    this.#closed = new Promise((resolve) => {
      this.#onClosed = resolve;
    });
  }

  get pid(): number | undefined {
    return this.#link.pid;
  }

  get isOver(): boolean {
    return this.#end !== undefined;
  }

  /** Settles when it is ready; if that fails, when nothing is left of it. */
  async start(open: (events: LinkEvents) => Link, signal: AbortSignal): Promise<void> {
    this.#link = open({
      onReply: (reply) => {
        this.#receive(reply);
      },
      onFault: (error) => {
        this.#fail(error);
        void this.end(error);
      },
      onClosed: (error) => {
        this.#close(error);
      },
    });
    try {
      await this.#ask("start", undefined, { signal, timeout: Infinity });
    } catch (error) {
      await this.end(error);
      throw error;
    }
  }

  run(request: Request, options?: RunOptions<Output>): Promise<Response> {
    return this.#executions.track(options, (limits) => this.ask(request, limits));
  }

  /** Runs a request that is tracked. */
  ask(request: Request, options: Limits & RunOptions<Output>): Promise<Response> {
    const { onOutput, transferList } = options;
    return this.#ask("run", (id) => ({ id, request }), options, onOutput, transferList) as Promise<Response>;
  }

  /** Settles when it has given a sign of life. */
  check(): Promise<unknown> {
    return this.#ask("check", (id) => ({ id, health: true }), UNLIMITED);
  }

  /** Ends it, and settles when nothing is left of it. */
  end(reason: unknown): Promise<void> {
    this.#end ??= { reason };
    this.#hold(true);
    this.#link.end();
    return this.#closed;
  }

  describe({ operation }: WaitRecord): Description {
    const { pid } = this;
    const state = pid === undefined ? undefined : { state: `pid ${pid.toString()}` };
    return { ...state, awaits: AWAITS[operation] ?? "it" };
  }

  #ask(
    operation: string,
    call: ((id: number) => Call) | undefined,
    limits: Limits,
    onOutput?: (output: Output) => void,
    transferList?: readonly Transferable[],
  ): Promise<unknown> {
    if (this.#end !== undefined) return rejected(this.#end.reason);
    const pending = new Pending(operation, this.#ids++, this, onOutput);
    try {
      pending.limit(limits);
      this.#pending.add(pending);
      this.#hold(true);
      if (call !== undefined) this.#link.send(call(pending.id), transferList);
    } catch (error) {
      pending.fail(error); // it was not even asked
      this.#hold(false);
    }
    return pending.promise;
  }

  #receive(reply: Reply): void {
    if (this.#end !== undefined) return;
    const id = "ready" in reply ? 0 : reply.id;
    const pending = this.#pendingOf(id);
    if (pending === undefined || !answers(reply, pending.operation)) {
      const said = this.kind === "process" ? JSON.stringify(reply) : inspect(reply);
      const line = said.slice(0, LONGEST_QUOTE);
      const where = place(this.kind, this.name);
      const error = new ProtocolError(`${where} has answered what it was not asked: ${line}`, line);
      this.#fail(error);
      void this.end(error);
    } else if ("output" in reply) this.#output(pending, reply.output);
    else {
      if ("error" in reply) pending.fail(errorOf(reply.error));
      else pending.resolve("response" in reply ? reply.response : undefined);
      this.#hold(false);
    }
  }

  #pendingOf(id: number): Pending | undefined {
    for (const pending of this.#pending) if (pending.id === id) return pending;
    return undefined;
  }

  #output(pending: Pending, output: unknown): void {
    try {
      pending.onOutput?.(output as never);
    } catch (error) {
      pending.abandon(error);
    }
  }

  #close(error: ExitError): void {
    this.#end ??= { reason: error };
    this.#fail(error);
    this.#onClosed();
    this.#lost(error);
  }

  #fail(error: unknown): void {
    for (let { first } = this.#pending; first !== undefined; { first } = this.#pending) first.fail(error);
  }

  /** It keeps this process alive while it is to answer, or to end. */
  #hold(isHeld: boolean): void {
    if (isHeld) this.#link.hold(true);
    else if (this.#pending.first === undefined && this.#end === undefined) this.#link.hold(false);
  }
}

/** Whether that is an answer to what was asked. */
function answers(reply: Reply, operation: string): boolean {
  if ("error" in reply) return operation !== "start";
  return operation === ("ready" in reply ? "start" : "healthy" in reply ? "check" : "run");
}
