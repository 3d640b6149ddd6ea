// The text is asked for before the writes, so that somebody reads while they wait.
import { listingOf } from "./helper.ts";

const names = new TransformStream<string, string>();
const reading = listingOf(names.readable).text();

const writer = names.writable.getWriter();
await writer.write("chapter one");
await writer.write("chapter two");
await writer.close();

const text = await reading;
if (text !== "- chapter one\n- chapter two\n") throw new Error(text);
