import { channel as diagnosticsChannel } from "node:diagnostics_channel";
import { setTimeout as sleep } from "node:timers/promises";
import { SpanStatusCode } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import type { DataPoint, Histogram } from "@opentelemetry/sdk-metrics";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import type { ReadableSpan } from "@opentelemetry/sdk-trace";
import { channel, limit, scope } from "tailrace";
import type { Stall } from "tailrace";
import { afterEach, beforeEach, expect, test } from "vitest";
import { instrument } from "./instrument.ts";

let spans: InMemorySpanExporter;
let metrics: InMemoryMetricExporter;
let meters: MeterProvider;
let stop: () => void;
beforeEach(() => {
  spans = new InMemorySpanExporter();
  metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  meters = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter: metrics })] });
  stop = observe();
});
afterEach(async () => {
  stop();
  await meters.shutdown();
});

function observe(): () => void {
  const tracers = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] });
  return instrument(tracers.getTracer("test"), meters.getMeter("test"));
}

/** The latest figures of a metric, by the values of their attributes. */
async function figures<Value>(name: string): Promise<Record<string, Value>> {
  await meters.forceFlush();
  const all = metrics.getMetrics().at(-1)?.scopeMetrics[0]?.metrics ?? [];
  const points = (all.find(({ descriptor }) => descriptor.name === name)?.dataPoints ?? []) as DataPoint<Value>[];
  return Object.fromEntries(points.map(({ attributes, value }) => [Object.values(attributes).join(" "), value]));
}

function span(name: string): ReadableSpan {
  const found = spans.getFinishedSpans().find((one) => one.name === name);
  if (found === undefined) throw new Error(`no span ${name}`);
  return found;
}

const milliseconds = ([seconds, nanoseconds]: readonly [number, number]): number => seconds * 1e3 + nanoseconds / 1e6;

test("how long operations wait is a histogram, by operation, resource and error", async () => {
  const jobs = channel<number>({ name: "jobs" });
  const received = jobs.receive();
  await sleep(20);
  await jobs.send(1);
  await received;
  await expect(jobs.receive({ timeout: 1 })).rejects.toThrow("waited 1 ms");
  expect(await figures<Histogram>("tailrace.wait.duration")).toMatchObject({
    "receive channel jobs": { count: 1, sum: expect.toSatisfy((sum: number) => sum > 0.015 && sum < 5) as number },
    "receive channel jobs TimeoutError": { count: 1 },
  });
});

test("what runs is counted, and no more when it has ended", async () => {
  const limited = limit(1, { name: "db" });
  await scope(async (s) => {
    s.spawn(() => limited(() => sleep(10)));
    s.spawn(() => sleep(10));
    await sleep(1);
    expect(await figures("tailrace.task.running")).toEqual({ scope: 1, task: 2, call: 1 });
  });
  expect(await figures("tailrace.task.running")).toEqual({ scope: 0, task: 0, call: 0 });
});

test("each task is a span in that of its scope, its waits are in it, and a failure is an error", async () => {
  const jobs = channel<number>({ name: "jobs" });
  const failed = scope(
    async (s) => {
      s.spawn(() => jobs.receive(), { name: "poll" });
      await sleep(20);
      await jobs.send(1);
      s.spawn(() => Promise.reject(new Error("disk full")), { name: "write" });
    },
    { name: "main" },
  );
  await expect(failed).rejects.toThrow("disk full");
  const [main, poll, write, wait] = ["main", "poll", "write", "receive on channel jobs"].map(span);
  expect(main?.parentSpanContext).toBeUndefined();
  for (const task of [poll, write]) expect(task?.parentSpanContext).toEqual(main?.spanContext());
  expect(wait?.parentSpanContext).toEqual(poll?.spanContext());
  expect(poll?.status.code).toBe(SpanStatusCode.UNSET);
  expect(write?.status).toEqual({ code: SpanStatusCode.ERROR, message: "Error: disk full" });
  expect(milliseconds(wait?.duration ?? [0, 0])).toBeGreaterThan(15);
  expect(Math.abs(milliseconds(main?.startTime ?? [0, 0]) - Date.now())).toBeLessThan(5000);
});

test("stalls are counted by their verdict", async () => {
  const stall: Stall = { verdict: "deadlock", message: "nothing can go on", waits: [] };
  diagnosticsChannel("tailrace:stall").publish({ ...stall, waits: [{}, {}] });
  expect(await figures("tailrace.stall")).toEqual({ deadlock: 2 });
});

test("what ran already is left out, and so is all after the end", async () => {
  stop();
  const running = scope((s) => void s.spawn(() => sleep(10)));
  stop = observe();
  await running;
  stop();
  await scope((s) => void s.spawn(() => 1));
  expect(spans.getFinishedSpans()).toEqual([]);
  expect(await figures("tailrace.task.running")).toEqual({});
});
