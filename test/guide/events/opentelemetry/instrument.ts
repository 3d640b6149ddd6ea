import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Context, Meter, Span, Tracer } from "@opentelemetry/api";
import type { TailraceEvents } from "tailrace";

/** Makes metrics and spans of what Tailrace tells; returns what ends that. */
export function instrument(tracer: Tracer, meter: Meter): () => void {
  const waits = meter.createHistogram("tailrace.wait.duration", { unit: "s", description: "How long operations wait" });
  const running = meter.createUpDownCounter("tailrace.task.running", { description: "What runs" });
  const stalls = meter.createCounter("tailrace.stall", { description: "Waits that have taken too long" });
  const spans = new Map<number, Span>();

  const stops = [
    on("tailrace:task:begin", ({ id, kind, name, parent, began }) => {
      running.add(1, { kind });
      const around = inside(spans.get(parent ?? 0)) ?? context.active();
      spans.set(id, tracer.startSpan(name, { startTime: began, attributes: { kind } }, around));
    }),

    on("tailrace:task:end", ({ id, kind, began, duration, status, error }) => {
      const span = spans.get(id);
      if (span === undefined) return; // it ran already when this began
      spans.delete(id);
      running.add(-1, { kind });
      span.setAttribute("status", status);
      if (status === "failed" || status === "evicted") {
        span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
      }
      span.end(began + duration);
    }),

    on("tailrace:wait:end", ({ operation, resource: { kind, name }, waiter, since, duration, error }) => {
      waits.record(duration / 1000, {
        operation,
        kind,
        name,
        ...(error === undefined ? {} : { error: nameOf(error) }),
      });
      const around = inside(spans.get(waiter ?? 0));
      if (around === undefined) return; // nobody knows who waited
      tracer.startSpan(`${operation} on ${kind} ${name}`, { startTime: since }, around).end(since + duration);
    }),

    on("tailrace:stall", ({ verdict, waits }) => {
      stalls.add(waits.length, { verdict });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function on<Name extends keyof TailraceEvents>(
  name: Name,
  listener: (event: TailraceEvents[Name]) => void,
): () => void {
  const heard = (event: unknown): void => {
    listener(event as TailraceEvents[Name]);
  };
  subscribe(name, heard);
  return () => void unsubscribe(name, heard);
}

function inside(span: Span | undefined): Context | undefined {
  return span === undefined ? undefined : trace.setSpan(context.active(), span);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
