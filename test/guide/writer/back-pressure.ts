import { report, writeScheduler } from "tailrace";

const phone = new WritableStream<string>({ write: () => new Promise(() => undefined) }); // whose user is in a tunnel
const sink = writeScheduler().sink<string>(phone, { name: "phone" });
const news = sink.lane({ name: "news", maxQueued: 1024 });

await news.send("first");
await news.send("x".repeat(1000), { timeout: 1000 }); // there is room for it
console.log(news.trySend("y".repeat(100))); // prints false

await news.send("y".repeat(100), { timeout: 500 }).catch((error: unknown) => {
  console.log(String(error));
});
// prints TimeoutError: send on lane "news" (sink "phone", 1000 of 1024 queued) waited 500 ms for room; its sink takes no more: whoever reads it is slow

void news.send("y".repeat(100));
console.log(report());
// prints send on lane "news" (sink "phone", 1000 of 1024 queued) has waited 0.0 s for room; its sink takes no more: whoever reads it is slow
