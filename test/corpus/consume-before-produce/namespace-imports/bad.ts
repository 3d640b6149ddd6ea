// Namespace imports; one stream is piped into another, and the second is read when the first has been written.
// Ends: exit 13
import * as consumers from "node:stream/consumers";
import * as web from "node:stream/web";

const listed = new web.TransformStream<string, string>({
  transform: (line, controller) => controller.enqueue(`- ${line}\n`),
});
const encoder = new web.TextEncoderStream();
const piping = listed.readable.pipeTo(encoder.writable);

const out = listed.writable.getWriter();
await out.ready;
for (const line of ["inlet", "race", "outlet"]) await out.write(line); // starves
await out.close();

const text = await consumers.text(encoder.readable);
await piping;
if (text !== "- inlet\n- race\n- outlet\n") throw new Error(text);
