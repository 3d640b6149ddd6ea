import { setTimeout as sleep } from "node:timers/promises";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { channel, scope } from "tailrace";
import { instrument } from "./opentelemetry/instrument.ts";

// In a service these are the exporters that it has anyway.
const [spans, metrics] = [new InMemorySpanExporter(), new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)];
const tracers = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] });
const meters = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter: metrics })] });
instrument(tracers.getTracer("tailrace"), meters.getMeter("tailrace"));

const pages = channel<string>({ name: "pages" });
await scope(
  (s) => {
    s.spawn(
      async () => {
        for await (const page of pages) await sleep(page.length);
      },
      { name: "index" },
    );
    s.spawn(
      async () => {
        for (const page of ["/", "/about", "/contact"]) await pages.send(page);
        pages.close();
      },
      { name: "crawl" },
    );
  },
  { name: "search" },
);

const finished = spans.getFinishedSpans();
for (const { name, parentSpanContext } of finished) {
  const parent = finished.find((span) => span.spanContext().spanId === parentSpanContext?.spanId);
  console.log(parent === undefined ? name : `${name}, in ${parent.name}`);
}

await meters.forceFlush();
for (const { descriptor, dataPoints } of metrics.getMetrics().flatMap((all) => all.scopeMetrics[0]?.metrics ?? [])) {
  for (const { attributes, value } of dataPoints) {
    const figure = typeof value === "number" ? value : `${value.count} times`;
    console.log(`${descriptor.name} ${Object.values(attributes).join(" ")}: ${figure}`);
  }
}
await Promise.all([meters.shutdown(), tracers.shutdown()]);

// prints receive on channel pages, in index
// prints send on channel pages, in crawl
// prints send on channel pages, in crawl
// prints crawl, in search
// prints index, in search
// prints search
// prints tailrace.wait.duration receive channel pages: 1 times
// prints tailrace.wait.duration send channel pages: 2 times
// prints tailrace.wait.duration leave scope search: 1 times
// prints tailrace.task.running scope: 0
// prints tailrace.task.running task: 0
