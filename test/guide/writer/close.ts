import { once } from "node:events";
import { PassThrough } from "node:stream";
import { LaneClosedError, writeScheduler } from "tailrace";

const connection = new PassThrough({ highWaterMark: 8 }); // nobody reads it
const sink = writeScheduler().sink<string>(connection, { name: "peer" });
const [news, mail] = [sink.lane({ name: "news" }), sink.lane({ name: "mail" })];

await news.send("all of it ");
await news.close(); // written; other lanes, and the connection, stay open
await news.send("late").catch((error: unknown) => {
  console.log(String(error)); // prints LaneClosedError: send on lane "news" of sink "peer": the lane is closed
});

await mail.send("stands in its queue");
connection.destroy(new Error("connection reset"));
await once(connection, "close").catch(() => undefined);
await mail.close().catch((error: unknown) => {
  if (error instanceof LaneClosedError) console.log(`${error.message}, ${String(error.cause)}`);
});
// prints close on lane "mail" of sink "peer": the stream of the sink has failed, Error: connection reset
