// The stream is handed to a helper before the writes, but the helper reads only when it is asked for the text.
// Ends: exit 13
// Needs types: only the other file says that handing over the stream does not read it.
import { listingOf } from "./helper.ts";

const names = new TransformStream<string, string>();
const listing = listingOf(names.readable);

const writer = names.writable.getWriter();
await writer.write("chapter one"); // starves
await writer.write("chapter two");
await writer.close();

const text = await listing.text();
if (text !== "- chapter one\n- chapter two\n") throw new Error(text);
