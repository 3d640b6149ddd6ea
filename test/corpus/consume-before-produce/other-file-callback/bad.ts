// A helper of another file reads what its callback writes only when the callback has ended, which waits for a reader.
// Ends: exit 13
// Needs types: the pair is made in another file.
import { capture } from "./helper.ts";

const page = await capture(async (target) => { const writer = target.getWriter(); await writer.write("<p>"); await writer.close(); }); // starves
if (page !== "<p>") throw new Error(page);
